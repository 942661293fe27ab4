/**
 * Plain text that is safe to store, compare and show: what every text of every format goes through.
 * Takes out what cannot be seen or stored and what reorders its surroundings; keeps all that a reader needs.
 */

/** Controls but tab and line feed; soft hyphen, word joiner, invisible operators, byte order mark, interlinear notes. */
const invisible = /(?![\t\n])\p{Cc}|[\u00AD\u180E\u2060-\u2065\u206A-\u206F\uFEFF\uFFF9-\uFFFB]/gu
/** Embeddings, overrides and isolates: an unclosed one turns the rest of a page around. Marks (LRM, RLM, ALM) stay. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/g
/** Tag characters can hide a whole sentence; noncharacters never belong into text. */
const tagsAndNoncharacters = /[\u{E0000}-\u{E007F}]|\p{Noncharacter_Code_Point}/gu
const lineBreaks = /\r\n?|[\u0085\u2028\u2029]/g
/** One variation selector may follow a character, one of the supplement only an ideograph; more are smuggled data. */
const variationRuns = /([\uFE00-\uFE0F])[\uFE00-\uFE0F]+/g
const strayVariations = /(?<!\p{Script=Han})[\u{E0100}-\u{E01EF}]/gu

/** More marks on one letter than any orthography stacks. */
export const marksMax = 10
const markTowers = new RegExp(`(\\p{M}{${marksMax}})\\p{M}+`, 'gu')

/** The same text in NFC without what cannot be shown, trimmed. Linear; never longer than twice its input. */
export function cleanText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.trim()
  return text
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replace(invisible, '')
    .replace(bidiControls, '')
    .replace(tagsAndNoncharacters, '')
    .replace(strayVariations, '')
    .replace(variationRuns, '$1')
    .replace(markTowers, '$1')
    .normalize('NFC')
    .trim()
}

/** Whether nothing of a text would be seen: fillers and blank patterns count as nothing. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Default_Ignorable_Code_Point}\u2800]/u.test(text)
}

/** The text itself, or its beginning up to the last word that fits, with an ellipsis; never half a surrogate pair. */
export function cutText(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  const cut = text.slice(0, lengthMax - 1)
  const space = cut.search(/\s\S*$/)
  const atWord = space > lengthMax / 2 ? cut.slice(0, space) : cut
  return `${atWord.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`
}
