/** What the whole message and each of its passages found → one answer: a message that says several things finds each. */
import type { Decision, Found, Match } from '#domain/message.ts'
import { decisions } from '#domain/message.ts'

/** The strongest decision, and every review once with its greatest confidence, best first, at most `limit`. */
export function mergeParts(founds: readonly Found[], limit: number): Found {
  const best = new Map<string, Match>()
  let decision: Decision = 'none'
  for (const found of founds) {
    if (decisions.indexOf(found.decision) < decisions.indexOf(decision)) decision = found.decision
    for (const match of found.matches) {
      const known = best.get(match.id)
      if (known === undefined || match.confidence > known.confidence) best.set(match.id, match)
    }
  }
  const matches = [...best.values()].sort((a, b) => b.confidence - a.confidence)
  return { decision, matches: matches.slice(0, limit) }
}
