/** Whether what the database shows of a review is what its publications and their log entries say. */
import type { ClaimReviewId } from '#domain/ids.ts'
import { parseDocument, recordOfDocument } from '#domain/publication.ts'
import { problemOfEntry } from '#formats/publications/check-entry.ts'
import { contentOf } from '../review-identity.ts'
import type { Database } from '../schema.ts'
import type { OwnReview } from './own-reviews.ts'
import type { Publication } from './publications.ts'

/** Null when all fits; else one sentence that names what does not. Whether the entries are in the log is not asked here. */
export async function findDisagreement(
  db: Database,
  review: OwnReview,
  publicUrl: string,
): Promise<string | null> {
  const { publications } = review
  const unknown = await findUnpublished(db, review.id)
  if (unknown !== null) return unknown
  for (const [at, publication] of publications.entries()) {
    if (publication.version !== publications.length - at) return 'a version is missing'
    const problem = problemOfPublication(publication)
    if (problem !== null) {
      const { version, entry } = publication
      return `version ${version}, entry ${entry.index ?? 'pending'} of the log: ${problem}`
    }
  }
  return await problemOfRow(db, review, publicUrl)
}

/** Null when every entry that the log has about the review stands for a publication; else the first that does not. */
export async function findUnpublished(db: Database, id: ClaimReviewId): Promise<string | null> {
  const row = await db
    .selectFrom('log_entries as e')
    .leftJoin('publications as p', 'p.leaf_hash', 'e.leaf_hash')
    .select('e.index')
    .where('e.claim_review_id', '=', id)
    .where('p.leaf_hash', 'is', null)
    .orderBy('e.log')
    .orderBy('e.index')
    .executeTakeFirst()
  return row ? `entry ${row.index ?? 'pending'} of the log has no publication in the database` : null
}

/** Null when the log entry stands for the document, or the document was erased. */
export function problemOfPublication(publication: Publication): string | null {
  const { document, salt, entry } = publication
  if (document !== null && parseDocument(publication) === null)
    return 'the document is not that of this review'
  return problemOfEntry({ document, salt, entry: entry.bytes })
}

/** The row that everybody's answers come from says what the newest document says. */
async function problemOfRow(
  db: Database,
  { id, publications, document, withdrawal, firstPublishedAt }: OwnReview,
  publicUrl: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('claim_reviews')
    .select(['record', 'rating_value'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (withdrawal !== null || document === null)
    return row && withdrawal !== null
      ? `it was withdrawn as entry ${publications[0]!.entry.index ?? 'pending'} of the log, but is still listed`
      : null
  const { index } = publications.find((one) => one.version === document.version)!.entry
  const place = `entry ${index ?? 'pending'} of the log`
  if (!row) return `it is not among the claim reviews, though it was published as ${place}`
  // The site may have moved to another address since: that is no change of what was said.
  const { url, publisher } = row.record
  const wanted = { ...recordOfDocument(document, { publicUrl, firstPublishedAt }), url, publisher }
  const same = contentOf(wanted).equals(contentOf(row.record)) && row.rating_value === wanted.rating.value
  return same ? null : `the claim review does not say what was published as ${place}`
}
