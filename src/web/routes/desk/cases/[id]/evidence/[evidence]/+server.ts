/** The archived copy of a source, as a file to keep: a stranger's page is never shown as one of ours. */
import { AssayError } from '#domain/errors.ts'
import { readCapture } from '#flows/archive-evidence/read-capture.ts'
import { actorOf } from '../../../../../../desk/actor-of.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const { id, evidence } = event.params
  const capture = await readCapture(event.locals.needs, actorOf(event), { caseId: id, evidenceId: evidence })
  if (!capture) throw new AssayError('not_found', 'There is no copy of this source.')
  return new Response(Buffer.from(capture.bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="evidence-${capture.sha256.slice(0, 16)}"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    },
  })
}
