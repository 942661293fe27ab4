/** How much two words are spelled alike: "vacine" and "vaccine", "banned" and "banning". */

/** Share of letter pairs in common from which two spellings are taken for the same word. */
const alikeMin = 0.5
/** Longer words are compared by their beginning, in UTF-16 units. */
const comparedMax = 40

/** A word as what it is compared by: pairs of letters, its ends marked. */
export function letterPairs(word: string): Set<string> {
  const marked = `^${word.toLowerCase().slice(0, comparedMax)}$`
  const pairs = new Set<string>()
  for (let at = 0; at + 1 < marked.length; at++) pairs.add(marked.slice(at, at + 2))
  return pairs
}

export function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return alikeness(a, b) >= alikeMin
}

/** Twice the pairs in common over all pairs; 0 where there are none. Source: Dice 1945. */
export function alikeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const pair of a) if (b.has(pair)) common++
  return (2 * common) / Math.max(1, a.size + b.size)
}
