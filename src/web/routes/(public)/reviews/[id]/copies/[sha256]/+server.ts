/** The archived copy of a source that a review cites, for any reader, where its organisation hands copies out. */
import { AssayError } from '#domain/errors.ts'
import { type ClaimReviewId, isId } from '#domain/ids.ts'
import { readPublishedCopy } from '#flows/archive-evidence/read-capture.ts'
import { copyFile } from '../../../../../../review/copy-file.ts'
import type { RequestHandler } from './$types'

/** Each holds at most 20 MB in memory, and anybody may ask as slowly as they like. */
const underWayMax = 8
let underWay = 0

export const GET: RequestHandler = async ({ params: { id, sha256 }, locals: { needs } }) => {
  if (underWay >= underWayMax) {
    throw new AssayError('unavailable', 'Many copies are being fetched; try again in a minute.')
  }
  underWay++
  const over = () => underWay--
  try {
    const isOne = isId<ClaimReviewId>(id)
    const capture = isOne ? await readPublishedCopy(needs, { claimReviewId: id, sha256 }) : null
    if (!capture) throw new AssayError('not_found', 'There is no copy of this source for readers.')
    return copyFile(capture, over)
  } catch (error) {
    over()
    throw error
  }
}
