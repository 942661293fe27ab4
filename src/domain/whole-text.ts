/** What people type, as it can be kept: whole characters, and none that PostgreSQL refuses. */

export function wholeText(text: string): string {
  return text.toWellFormed().replaceAll('\0', ' ')
}

/** The same for every text in a value made of objects, arrays and texts. */
export function withWholeTexts<T>(value: T): T {
  if (typeof value === 'string') return wholeText(value) as T
  if (Array.isArray(value)) return value.map((item) => withWholeTexts(item)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withWholeTexts(item)])) as T
}
