/** Words written to be shouted or to be overlooked (sooo, v4cc1ne, va$$ine) → the words that are meant. */

const stretched = /(\p{L})\1{2,}/gu
const roman = /^[ivxlcdm]+$/
const oneLetter = /^(\p{L})\1*$/u
const masked = /^\p{L}[\p{L}\d@$]*\p{L}$/u
/** Two figures in a row are a number, not letters; 00 may stand for oo. */
const figures = /[1-9]\d|\d[1-9]|000/
const identifier = /^[0-9a-f]{8,}$/
const signs: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
}

/** Other readings of a spelled word, the likeliest first; empty for a word that is written plainly. */
export function readingsOf(spelled: string): string[] {
  const unmasked = unmaskedReadings(spelled)
  const base = unmasked[0] ?? spelled
  if (base.search(stretched) < 0 || roman.test(base) || oneLetter.test(base)) return unmasked
  const single = base.replace(stretched, '$1')
  const double = base.replace(stretched, '$1$1')
  return [single, double]
}

function unmaskedReadings(spelled: string): string[] {
  if (!/[\d@$]/.test(spelled) || !masked.test(spelled)) return []
  if (figures.test(spelled) || identifier.test(spelled)) return []
  const letters = spelled.replace(/[\d@$]/g, '').length
  if (letters < 3 || letters < spelled.length / 2) return []
  const reading = spelled.replace(/[\d@$]/g, (sign) => signs[sign] ?? sign)
  const other = spelled.includes('1')
    ? [spelled.replace(/[\d@$]/g, (sign) => (sign === '1' ? 'l' : (signs[sign] ?? sign)))]
    : []
  return [reading, ...other]
}
