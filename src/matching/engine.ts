/** The one door of matching: holds reviews in memory and finds those that answer a message. */
import type { Found, Message } from '#domain/message.ts'

/** What of a claim review is matched against. Who said it is not here, and never will be (promise 2). */
export interface Matchable {
  claim: string
  title: string | null
  /** Summary and rating explanation. */
  summary: string | null
  body: string | null
  lang: string | null
  /** The review's own page and where the claim was seen. */
  links: string[]
  /** ISO 8601 date of the review. */
  reviewedAt: string | null
}

/** Which database the index was read from, and up to which change: for whoever goes on reading from there. */
export interface SnapshotStamp {
  database: string
  changeNumber: number
}

export interface Engine {
  /** Adds the review, or replaces the one of the same id. */
  upsert(id: string, review: Matchable): void
  /** False when there was none. */
  remove(id: string): boolean
  readonly size: number
  /**
   * Never throws on any text; linear in its length. At most `limit` matches, best first.
   *
   * @param vector the message's, of the model that the engine's vectors are of: meaning then has its say too, but only
   * about what is related; without it, or when it is of another length, words alone are compared
   */
  find(message: Message, limit: number, vector?: Float32Array): Found
  /** Ids of reviews that share words with a text, best first, without a decision: what a search box wants. */
  search(text: string, limit: number): string[]
  /** Bytes held by the index, by part. */
  memory(): Record<string, number>
  /** What `readEngine` makes the same engine of, in pieces; changes made while they are taken are not in them. */
  snapshot(stamp: SnapshotStamp): Generator<Uint8Array, void, void>
}
