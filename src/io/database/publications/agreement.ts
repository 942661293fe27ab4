/** Whether what the database shows of a review is what its publications and their log entries say. */
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
  const entries = await db
    .selectFrom('log_entries')
    .select('leaf_hash')
    .where('claim_review_id', '=', review.id)
    .execute()
  const { publications } = review
  if (entries.length !== publications.length) {
    return `the log has ${entries.length} entries about it, the database ${publications.length} publications`
  }
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
    return row && withdrawal !== null ? 'it was withdrawn, but is still listed' : null
  if (!row) return 'it is not among the claim reviews'
  // The site may have moved to another address since: that is no change of what was said.
  const { url, publisher } = row.record
  const wanted = { ...recordOfDocument(document, { publicUrl, firstPublishedAt }), url, publisher }
  const same = contentOf(wanted).equals(contentOf(row.record)) && row.rating_value === wanted.rating.value
  const { index } = publications.find((one) => one.version === document.version)!.entry
  return same
    ? null
    : `the claim review does not say what was published as entry ${index ?? 'pending'} of the log`
}
