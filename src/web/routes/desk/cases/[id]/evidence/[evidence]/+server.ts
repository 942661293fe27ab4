/** The archived copy of a source, for who may see its case. */
import { AssayError } from '#domain/errors.ts'
import { readCapture } from '#flows/archive-evidence/read-capture.ts'
import { actorOf } from '../../../../../../desk/actor-of.ts'
import { copyFile } from '../../../../../../review/copy-file.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const { id, evidence } = event.params
  const capture = await readCapture(event.locals.needs, actorOf(event), { caseId: id, evidenceId: evidence })
  if (!capture) throw new AssayError('not_found', 'There is no copy of this source.')
  return copyFile(capture)
}
