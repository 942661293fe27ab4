/** One case: everything about it, and every step that it can take, each a form of its own. */
import type { Actions, RequestEvent } from '@sveltejs/kit'
import { fail } from '@sveltejs/kit'
import type { EvidenceFields } from '#domain/evidence.ts'
import type { OrganisationId, PersonId } from '#domain/ids.ts'
import { addEvidence, removeEvidence } from '#flows/work-case/collect-evidence.ts'
import { addTask, comment, dissent, finishTask } from '#flows/work-case/discuss-case.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import {
  assign,
  dropCase,
  invitePartner,
  planCase,
  reopenCase,
  wordClaim,
} from '#flows/work-case/plan-case.ts'
import { approve, requestReview, returnDraft } from '#flows/work-case/review-verdict.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { actorOf } from '../../../../desk/actor-of.ts'
import { evidenceIdsOf, readCase } from '../../../../desk/case-view.ts'
import { draftFieldsOf, draftIn } from '../../../../desk/draft-form.ts'
import { textIn } from '../../../../desk/form-fields.ts'
import { marksOf, mergeDrafts, parseMarks } from '../../../../desk/merge-draft.ts'
import { attempt } from '../../../../desk/problem-of.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const shown = await readCase(event.locals.needs, actorOf(event), event.params.id)
  return { ...shown, marks: JSON.stringify(marksOf(shown.fields)) }
}

/** What was done, or which form was refused, with what was typed into it. */
async function step(
  event: RequestEvent,
  done: string,
  work: (needs: App.Locals['needs'], actor: ReturnType<typeof actorOf>, data: FormData) => Promise<unknown>,
) {
  await getCase(event.locals.needs.db, actorOf(event), caseIdOf(event))
  const data = await event.request.formData()
  const typed = Object.fromEntries(
    [...data].filter(([name, value]) => name !== 'token' && typeof value === 'string'),
  )
  return attempt(
    async () => {
      await work(event.locals.needs, actorOf(event), data)
      return { done }
    },
    { form: done, typed: typed as Record<string, string> },
  )
}

const caseIdOf = ({ params }: RequestEvent) => params.id!
const personIn = (data: FormData, name: string) => (textIn(data, name) || null) as PersonId | null
const versionIn = (data: FormData) => Number(textIn(data, 'version')) || 0

export const actions: Actions = {
  assign: (event) =>
    step(event, 'assigned', (needs, actor, data) =>
      assign(needs, actor, {
        caseId: caseIdOf(event),
        to: personIn(data, 'to'),
        was: personIn(data, 'was'),
      }),
    ),
  plan: (event) =>
    step(event, 'planned', (needs, actor, data) =>
      planCase(needs, actor, {
        caseId: caseIdOf(event),
        dueOn: textIn(data, 'dueOn') || null,
        was: textIn(data, 'was') || null,
      }),
    ),
  word: (event) =>
    step(event, 'worded', (needs, actor, data) =>
      wordClaim(needs, actor, {
        caseId: caseIdOf(event),
        claim: textIn(data, 'worded'),
        was: textIn(data, 'was'),
      }),
    ),
  comment: (event) =>
    step(event, 'commented', (needs, actor, data) => {
      const said = { caseId: caseIdOf(event), text: textIn(data, 'text') }
      return textIn(data, 'dissent') === '' ? comment(needs, actor, said) : dissent(needs, actor, said)
    }),
  task: (event) =>
    step(event, 'task-added', (needs, actor, data) =>
      addTask(needs, actor, {
        caseId: caseIdOf(event),
        text: textIn(data, 'task'),
        for: personIn(data, 'for'),
      }),
    ),
  finish: (event) =>
    step(event, 'task-finished', (needs, actor, data) =>
      finishTask(needs, actor, { caseId: caseIdOf(event), taskId: textIn(data, 'task') }),
    ),
  invite: (event) =>
    step(event, 'invited', (needs, actor, data) =>
      invitePartner(needs, actor, {
        caseId: caseIdOf(event),
        organisationId: textIn(data, 'organisation') as OrganisationId,
      }),
    ),
  drop: (event) =>
    step(event, 'dropped', (needs, actor, data) =>
      dropCase(needs, actor, { caseId: caseIdOf(event), reason: textIn(data, 'reason') }),
    ),
  reopen: (event) =>
    step(event, 'reopened', (needs, actor) => reopenCase(needs, actor, { caseId: caseIdOf(event) })),
  request: (event) =>
    step(event, 'requested', (needs, actor, data) =>
      requestReview(needs, actor, { caseId: caseIdOf(event), version: versionIn(data) }),
    ),
  return: (event) =>
    step(event, 'returned', (needs, actor, data) =>
      returnDraft(needs, actor, {
        caseId: caseIdOf(event),
        version: versionIn(data),
        remarks: textIn(data, 'remarks'),
      }),
    ),
  approve: (event) =>
    step(event, 'approved', (needs, actor, data) =>
      approve(needs, actor, {
        caseId: caseIdOf(event),
        version: versionIn(data),
        remarks: textIn(data, 'remarks') || null,
      }),
    ),
  remove: (event) =>
    step(event, 'evidence-removed', (needs, actor, data) =>
      removeEvidence(needs, actor, { caseId: caseIdOf(event), evidenceId: textIn(data, 'evidence') }),
    ),
  collect: async (event) => {
    await getCase(event.locals.needs.db, actorOf(event), caseIdOf(event))
    const data = await event.request.formData()
    const text = (name: keyof EvidenceFields) => textIn(data, name)
    const fields: EvidenceFields = {
      kind: text('kind'),
      url: text('url'),
      title: text('title'),
      text: text('text'),
      shows: text('shows'),
      date: text('date'),
      outcome: text('outcome'),
    }
    const typed = { form: 'evidence-added', typed: { ...fields } }
    return attempt(async () => {
      const added = await addEvidence(event.locals.needs, actorOf(event), { caseId: caseIdOf(event), fields })
      if (added.ok) return { done: 'evidence-added' }
      return fail(400, { ...typed, wrong: added.problems.map(({ path }) => path) })
    }, typed)
  },
  save: async (event) => {
    const data = await event.request.formData()
    const { needs } = event.locals
    const actor = actorOf(event)
    const found = await getCase(needs.db, actor, caseIdOf(event))
    const ids = evidenceIdsOf(await listEvidence(needs.db, found.id))
    const content = draftIn(data, ids)
    const base = Number(textIn(data, 'base')) || 0
    const marks = textIn(data, 'marks')
    const fields = draftFieldsOf({ ...content, ratingValue: null }, ids)
    return attempt(
      async () => {
        const saved = await saveDraft(needs, actor, { caseId: found.id, base, content })
        if (saved.kind === 'saved') return { done: 'saved' }
        const { version, draftedBy, content: saw } = saved.theirs
        const theirs = draftFieldsOf(saw, ids)
        const merged = mergeDrafts(parseMarks(marks), fields, theirs)
        return fail(409, { form: 'saved', draft: merged.fields, base: version, by: draftedBy, merged })
      },
      { form: 'saved', draft: fields, base, marks },
    )
  },
}
