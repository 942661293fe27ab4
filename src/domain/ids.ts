/** Ids are branded, sortable by the time they were made, and 26 letters long (ULID: 48 bits of time, 80 random). */

declare const brand: unique symbol
type Id<Noun extends string> = string & { readonly [brand]: Noun }

export type ClaimReviewId = Id<'claim-review'>
export type PublisherId = Id<'publisher'>
export type FeedId = Id<'feed'>
export type OrganisationId = Id<'organisation'>
export type PersonId = Id<'person'>
export type RumourId = Id<'rumour'>
export type RumourEventId = Id<'rumour-event'>
export type TipId = Id<'tip'>
export type CaseId = Id<'case'>
export type EvidenceId = Id<'evidence'>
export type VerdictId = Id<'verdict'>
export type CaseEventId = Id<'case-event'>
export type ChallengeId = Id<'challenge'>
export type RevisionId = Id<'revision'>
export type NoticeId = Id<'notice'>

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Makes ids from a clock and a source of random bytes, both handed in. */
export interface IdSource {
  now(): Date
  randomBytes(count: number): Uint8Array
}

/** A new id; ids made in different milliseconds sort by time. Source: the ULID specification, in lower case. */
export function newId<T extends Id<string>>(source: IdSource): T {
  let time = source.now().getTime()
  const letters = new Array<string>(26)
  for (let at = 9; at >= 0; at--) {
    letters[at] = alphabet[time % 32]!
    time = Math.floor(time / 32)
  }
  const random = source.randomBytes(10)
  let bits = 0
  let held = 0
  let at = 10
  for (const byte of random) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      letters[at++] = alphabet[(held >> bits) & 31]!
      held &= (1 << bits) - 1
    }
  }
  return letters.join('') as T
}

/** Whether a text has the form of an id; says nothing about whether it exists. */
export function isId<T extends Id<string>>(text: string): text is T {
  return /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text)
}
