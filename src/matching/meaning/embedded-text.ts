/** What of a text a model is asked about: its words in one line, without addresses, as much as models read. */

/** Models read some hundred tokens and servers refuse longer texts: about as many tokens as the shortest of them take. */
export const embeddedTokensMax = 400

/** Tokens that a letter comes to, on the careful side: measured nowhere, since every model cuts otherwise. */
const tokensPerUnit = { ascii: 0.3, other: 0.8 } as const

/** Fewer letters say nothing that could be near to anything. */
const lettersMin = 4

/** The text of a message or a claim as it is given to a model; null for one that has next to no letters. */
export function embeddedText(text: string): string | null {
  const line = text
    .replaceAll(/\bhttps?:\/\/\S+/gi, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  const cut = line.slice(0, lengthFor(line, embeddedTokensMax)).toWellFormed().trim()
  const letters = cut.match(/\p{L}/gu)?.length ?? 0
  return letters < lettersMin ? null : cut
}

/** The claim first; a title that says it again adds nothing. */
export function embeddedReview(claim: string, title: string | null): string | null {
  return embeddedText(title === null || title === claim ? claim : `${claim}\n${title}`)
}

/** UTF-16 units from the start that come to so many tokens. */
function lengthFor(line: string, tokensMax: number): number {
  let tokens = 0
  for (let at = 0; at < line.length; at++) {
    tokens += line.charCodeAt(at) < 0x80 ? tokensPerUnit.ascii : tokensPerUnit.other
    if (tokens > tokensMax) return at
  }
  return line.length
}
