/** The reviews of this instance as readers see them: the text that stands now, and every document before it. */
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, isId } from '#domain/ids.ts'
import {
  type ChallengeDocument,
  isVerdictDocument,
  type PublishedDocument,
  parseDocument,
  type VerdictDocument,
  type WithdrawalDocument,
} from '#domain/publication.ts'
import type { Database } from '../schema.ts'
import {
  listCurrentPublications,
  listPublications,
  listPublicationsOf,
  type Publication,
} from './publications.ts'

export interface OwnReview {
  id: ClaimReviewId
  /** Every publication, newest first. */
  publications: Publication[]
  /** Those of them that can be read, newest first: the others were erased or damaged. */
  documents: PublishedDocument[]
  /** The text that stands, or stood before it was withdrawn; null when it was erased. */
  document: VerdictDocument | null
  withdrawal: WithdrawalDocument | null
  outcomes: ChallengeDocument[]
  firstPublishedAt: string
  changedAt: string
}

/** @throws not_found */
export async function getOwnReview(db: Database, id: string): Promise<OwnReview> {
  const publications = isId<ClaimReviewId>(id) ? await listPublications(db, id) : []
  if (publications.length === 0)
    throw new AssayError('not_found', 'There is no review of ours under this id.')
  return ownReviewOf(publications)
}

export async function findOwnReview(db: Database, id: string): Promise<OwnReview | null> {
  const publications = isId<ClaimReviewId>(id) ? await listPublications(db, id) : []
  return publications.length === 0 ? null : ownReviewOf(publications)
}

/** The reviews that changed last, newest change first, withdrawn ones among them. */
export async function listOwnReviews(
  db: Database,
  options: Parameters<typeof listCurrentPublications>[1],
): Promise<OwnReview[]> {
  const current = await listCurrentPublications(db, options)
  const all = await listPublicationsOf(
    db,
    current.map((one) => one.claimReviewId),
  )
  const byId = Map.groupBy(all, (one) => one.claimReviewId)
  return current.map((one) => ownReviewOf(byId.get(one.claimReviewId)!))
}

/** The newest that holds the review's text: what came later are a withdrawal or outcomes of challenges. */
export function getTextPublication({ publications }: Pick<OwnReview, 'publications'>): Publication {
  return publications.find(({ kind }) => kind === 'verdict' || kind === 'correction')!
}

function ownReviewOf(publications: Publication[]): OwnReview {
  const documents = publications.flatMap((one) => parseDocument(one) ?? [])
  const first = publications.at(-1)!
  const changed = publications.find(({ kind }) => kind !== 'challenge-outcome') ?? first
  return {
    id: first.claimReviewId,
    publications,
    documents,
    document: documents.find(isVerdictDocument) ?? null,
    withdrawal: documents.find((one) => one.kind === 'withdrawal') ?? null,
    outcomes: documents.filter((one) => one.kind === 'challenge-outcome'),
    firstPublishedAt: first.publishedAt.toISOString(),
    changedAt: changed.publishedAt.toISOString(),
  }
}
