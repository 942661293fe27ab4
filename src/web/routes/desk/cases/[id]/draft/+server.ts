/** Where the editor saves by itself while somebody writes, and asks whether somebody else has: a line of JSON each. */
import { json } from '@sveltejs/kit'
import { AssayError, httpStatus, isAssayError } from '#domain/errors.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { actorOf } from '../../../../../desk/actor-of.ts'
import { evidenceIdsOf } from '../../../../../desk/case-view.ts'
import { draftFieldsOf, draftIn } from '../../../../../desk/draft-form.ts'
import { textIn } from '../../../../../desk/form-fields.ts'
import { marksOf } from '../../../../../desk/merge-draft.ts'
import type { RequestHandler } from './$types'

/** The current version; 0 before the first. */
export const GET: RequestHandler = async (event) => {
  const { db } = event.locals.needs
  const found = await getCase(db, actorOf(event), event.params.id)
  const [current] = await listVerdicts(db, found.id)
  return json({ version: current?.version ?? 0 })
}

export const POST: RequestHandler = async (event) => {
  const { needs } = event.locals
  const actor = actorOf(event)
  try {
    const found = await getCase(needs.db, actor, event.params.id)
    const data = await event.request.formData().catch(() => {
      throw new AssayError('invalid', 'A draft is sent as a form.')
    })
    const ids = evidenceIdsOf(await listEvidence(needs.db, found.id))
    const content = draftIn(data, ids)
    const base = Number(textIn(data, 'base')) || 0
    const saved = await saveDraft(needs, actor, { caseId: found.id, base, content })
    if (saved.kind === 'saved') {
      const marks = JSON.stringify(marksOf(draftFieldsOf({ ...content, ratingValue: null }, ids)))
      return json({ version: saved.version, marks })
    }
    return json({ code: 'newer', version: saved.theirs.version }, { status: 409 })
  } catch (error) {
    if (!isAssayError(error)) throw error
    return json({ code: error.code }, { status: httpStatus[error.code] })
  }
}
