/** Whether two reviews are of one claim in other punctuation, case or word order, so that they can stand side by side. */

/** Strict on purpose: a "not" or another name makes another claim, and a wrong "they disagree" is worse than none. */
export function sameClaim(one: string, other: string): boolean {
  return wordsOf(one) === wordsOf(other)
}

function wordsOf(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return words?.sort().join(' ') ?? text
}
