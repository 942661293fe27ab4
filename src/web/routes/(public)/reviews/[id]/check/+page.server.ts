/** Check it yourself: a page that verifies the proof in the reader's browser, and the command line for it. */
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { getOwnReview } from '#io/database/publications/own-reviews.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals: { needs } }) => {
  const { id, publications, document } = await getOwnReview(needs.db, params.id)
  const { entry } = publications[0]!
  return {
    id,
    claim: document?.claim ?? null,
    lang: document?.lang ?? null,
    /** Of the log that the newest version stands in. */
    key: formatVerifierKey(await needs.log.verifierOf(entry.log ?? 1)),
    /** Whether there is something to check: the newest version has its place, and was not erased. */
    ready: entry.state === 'published' && publications[0]!.document !== null,
  }
}
