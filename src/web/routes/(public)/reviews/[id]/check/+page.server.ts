/**
 * Check it yourself: a page that verifies a proof in the reader's browser, and the command line for it. Of all that was
 * published about the review it proves the newest version of its text; `?version=` names another entry.
 */
import { AssayError } from '#domain/errors.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { getOwnReview, getTextPublication } from '#io/database/publications/own-reviews.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, url, locals: { needs } }) => {
  const review = await getOwnReview(needs.db, params.id)
  const { id, publications, document } = review
  const text = getTextPublication(review)
  const wanted = url.searchParams.get('version')
  const chosen = wanted === null ? text : publications.find(({ version }) => String(version) === wanted)
  if (!chosen) throw new AssayError('not_found', 'This review has no such version.')
  const { entry } = chosen
  return {
    id,
    claim: document?.claim ?? null,
    lang: document?.lang ?? null,
    version: chosen.version,
    isText: chosen === text,
    entries: publications.map(({ version, kind, publishedAt }) => ({
      version,
      kind,
      publishedAt: publishedAt.toISOString(),
    })),
    /** Of the log that the entry stands in. */
    key: formatVerifierKey(await needs.log.verifierOf(entry.log ?? 1)),
    /** Whether there is something to check: the entry has its place, and its document was not erased. */
    state: chosen.document === null ? 'erased' : entry.state === 'published' ? 'ready' : 'waiting',
  }
}
