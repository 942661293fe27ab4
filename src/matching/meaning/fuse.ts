/**
 * What words found and what is near in meaning → one list. Words decide: whether a message is answered, and by which
 * reviews, is said by them alone. Meaning puts what is merely related into another order, and adds reviews that no word
 * led to, as related and no more.
 */
import type { ClaimReviewId } from '#domain/ids.ts'
import type { Found, Match, Why } from '#domain/message.ts'
import type { Near } from './vector-table.ts'

/** Confidences from which a match answers, and from which it is shown. */
export interface Thresholds {
  answered: number
  related: number
}

/** Reviews that meaning alone adds: of what is only near, more would be noise. */
export const addedMax = 3

/** How much being first counts against being tenth. Source: Cormack, Clarke and Büttcher 2009, reciprocal rank fusion. */
const rankOffset = 60

const meaning: Why = { kind: 'meaning', terms: [] }

/**
 * @param near nearest first
 * @param whysOf what words say of a review that no word led to; null when they speak against it, and it is left out
 */
export function fuse(
  found: Found,
  near: readonly Near[],
  thresholds: Thresholds,
  limit: number,
  whysOf: (id: string) => Why[] | null,
): Found {
  if (near.length === 0 || found.decision === 'answered') return found
  const byWords = new Map<string, Match>(found.matches.map((match) => [match.id, match]))
  const added: Match[] = []
  for (const { id } of near) {
    if (added.length === addedMax) break
    const why = byWords.has(id) ? null : whysOf(id)
    // The least that is shown: how often meaning alone is right was never measured.
    if (why !== null) added.push({ id: id as ClaimReviewId, confidence: thresholds.related, why })
  }
  const placeByWords = new Map([...byWords.keys()].map((id, place) => [id, place]))
  const placeByMeaning = new Map(near.map(({ id }, place) => [id, place]))
  const ranked = [...found.matches, ...added].map((match) => {
    const place = saysOtherwise(match) ? undefined : placeByMeaning.get(match.id)
    const score = shareOf(placeByWords.get(match.id)) + shareOf(place)
    return { match: place === undefined ? match : { ...match, why: [...match.why, meaning] }, score }
  })
  ranked.sort((a, b) => b.score - a.score || b.match.confidence - a.match.confidence)
  const matches = ranked.slice(0, limit).map(({ match }) => match)
  return { decision: matches.length === 0 ? 'none' : 'related', matches }
}

function shareOf(place: number | undefined): number {
  return place === undefined ? 0 : 1 / (rankOffset + place)
}

/** To a model, a claim and its denial are neighbours: another number, another name or a "not" is told by words alone. */
function saysOtherwise({ why }: Match): boolean {
  return why.some(({ kind }) => kind.endsWith('differ') || kind.endsWith('differs'))
}
