/** Standard base64 with padding, strictly: one text for each sequence of bytes. Works in browsers too. */

/** Null unless the text is exactly what encoding those bytes gives. */
export function parseBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return formatBase64(bytes) === text ? bytes : null
}

export function formatBase64(bytes: Uint8Array): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return btoa(letters)
}
