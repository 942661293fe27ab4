/** Reviews by words, publisher, language and age, page by page to the end: what a program that collects wants. Reads only. */
import { createHash } from 'node:crypto'
import type { ClaimReview } from '#domain/claim-review.ts'
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, isId } from '#domain/ids.ts'
import {
  type ClaimReviewFilter,
  filterClaimReviewIds,
  findClaimReviews,
  listClaimReviews,
} from '#io/database/claim-reviews.ts'
import type { Needs } from '../needs.ts'

export interface ClaimSearch {
  /** Words to look for, best first; null: everything that passes the filters, newest first. */
  query: string | null
  /** Host of the publisher, without www. */
  site: string | null
  /** Found by its first part: en finds en-US, and en-US finds en. */
  lang: string | null
  /** Reviews of this many days at most. */
  ageMaxDays: number | null
}

export interface ClaimPage {
  reviews: ClaimReview[]
  /** Where the next page starts; null at the end. Good for the same search only. */
  next: string | null
}

/** `foundMax`: how deep a ranking goes; beyond it, reviews share no more than a stray word with the query. */
export const searchLimits = {
  queryMax: 5_000,
  pageUsual: 10,
  pageMax: 100,
  offsetMax: 100_000,
  foundMax: 2_000,
} as const

/** @throws invalid when `after` is not a place in this search */
export async function searchClaims(
  needs: Pick<Needs, 'db' | 'engine' | 'clock'>,
  search: ClaimSearch,
  { size, after, offset }: { size: number; after: string | null; offset: number },
): Promise<ClaimPage> {
  const place = after === null ? null : parsePlace(after, search)
  const { query } = search
  if (query !== null)
    return listBest(needs, search, query, { size, from: place === null ? offset : Number(place) })
  return listNewest(needs, search, { limit: size, after: place, offset: place === null ? offset : 0 })
}

async function listBest(
  { db, engine, clock }: Pick<Needs, 'db' | 'engine' | 'clock'>,
  search: ClaimSearch,
  query: string,
  { size, from }: { size: number; from: number },
): Promise<ClaimPage> {
  const ranked = engine.search(query, searchLimits.foundMax).filter((id) => isId<ClaimReviewId>(id))
  const passing = await filterClaimReviewIds(db, ranked, filterOf(search, clock.now()))
  const ids = ranked.filter((id) => passing.has(id))
  const reviews = await findClaimReviews(db, ids.slice(from, from + size))
  const more = from + size < ids.length
  return { reviews, next: more ? formatPlace(String(from + size), search) : null }
}

async function listNewest(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  search: ClaimSearch,
  { limit, after, offset }: { limit: number; after: string | null; offset: number },
): Promise<ClaimPage> {
  const page = { limit, cursor: after ?? undefined, offset }
  const { claimReviews, nextCursor } = await listClaimReviews(db, filterOf(search, clock.now()), page)
  return { reviews: claimReviews, next: nextCursor === null ? null : formatPlace(nextCursor, search) }
}

function filterOf({ site, lang, ageMaxDays }: ClaimSearch, now: Date): ClaimReviewFilter {
  return {
    site: site ?? undefined,
    lang: lang ?? undefined,
    from: ageMaxDays === null ? undefined : new Date(now.getTime() - ageMaxDays * dayMs),
  }
}

const dayMs = 24 * 60 * 60 * 1000

/** The place carries a mark of its search, so that a token cannot wander into another one. */
function formatPlace(place: string, search: ClaimSearch): string {
  return Buffer.from(`${markOf(search)}${place}`).toString('base64url')
}

function parsePlace(token: string, search: ClaimSearch): string {
  const text = Buffer.from(token, 'base64url').toString('latin1')
  const mark = markOf(search)
  const place = text.slice(mark.length)
  const good = text.startsWith(mark) && (search.query === null || /^\d{1,6}$/.test(place))
  if (!good)
    throw new AssayError('invalid', 'The page token belongs to another search; start again without it.')
  return place
}

function markOf(search: ClaimSearch): string {
  return createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, markLength)
}

const markLength = 8
