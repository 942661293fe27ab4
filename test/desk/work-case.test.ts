/** A case from its rumour to an approved verdict: who may do what, and what is never lost or overwritten. */
import { describe, expect, test } from 'vitest'
import type { Actor } from '#domain/actor.ts'
import { tasksOf } from '#domain/case.ts'
import type { CaseId, EvidenceId } from '#domain/ids.ts'
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
import { takeCase } from '#flows/work-case/take-case.ts'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { freshDatabase } from '../fresh-database.ts'
import { contentOf, type DeskActor, link, openNewsrooms } from './newsrooms.ts'

const { db } = await freshDatabase()
const desk = await openNewsrooms(db)
const { needs, ana, ben, cy, lead, reader, rival, rivalLead, operator, clock } = desk

async function openCase(actor: Actor = ana): Promise<CaseId> {
  return takeCase(needs, actor, { rumourId: await desk.rumour(), claim: 'The bridge fell in 1998' })
}

async function withEvidence(caseId: CaseId): Promise<EvidenceId> {
  const added = await addEvidence(needs, ana, { caseId, fields: link })
  if (!added.ok) throw new Error(added.problems[0]!.message)
  return added.id
}

/** A case whose verdict waits for its second person; version 1, written by Ana. */
async function inReview() {
  const caseId = await openCase()
  const evidence = await withEvidence(caseId)
  await saveDraft(needs, ana, { caseId, base: 0, content: contentOf([evidence]) })
  await requestReview(needs, ana, { caseId, version: 1 })
  return { caseId, evidence }
}

const kindsOf = async (caseId: CaseId) => (await listCaseEvents(db, caseId)).map(({ detail }) => detail.kind)
const code = (name: string) => expect.objectContaining({ code: name })

describe('a case', () => {
  test('is taken once by an organisation, and by another as well', async () => {
    const rumourId = await desk.rumour()
    const id = await takeCase(needs, ana, { rumourId, claim: 'It fell' })
    expect(await getCase(db, ana, id)).toMatchObject({
      assigneeId: ana.personId,
      state: 'open',
      part: 'checker',
    })
    await expect(takeCase(needs, ben, { rumourId, claim: 'It fell' })).rejects.toEqual(code('conflict'))
    await takeCase(needs, rival, { rumourId, claim: 'It fell' })
  })

  test('is taken again after it was dropped, and then the dropped one does not come back', async () => {
    const rumourId = await desk.rumour()
    const first = await takeCase(needs, ana, { rumourId, claim: 'It fell' })
    await dropCase(needs, ana, { caseId: first, reason: 'Nobody cares.' })
    await takeCase(needs, ben, { rumourId, claim: 'It fell' })
    await expect(reopenCase(needs, ana, { caseId: first })).rejects.toEqual(code('conflict'))
  })

  test('is not there for another organisation, nor for an operator, whatever they try', async () => {
    const caseId = await openCase()
    const evidenceId = await withEvidence(caseId)
    for (const stranger of [rival, rivalLead, operator]) {
      const tries = [
        comment(needs, stranger, { caseId, text: 'Hello' }),
        dissent(needs, stranger, { caseId, text: 'No' }),
        assign(needs, stranger, { caseId, to: null, was: null }),
        planCase(needs, stranger, { caseId, dueOn: null, was: null }),
        wordClaim(needs, stranger, { caseId, claim: 'x', was: '' }),
        addTask(needs, stranger, { caseId, text: 'x', for: null }),
        finishTask(needs, stranger, { caseId, taskId: 'x' }),
        addEvidence(needs, stranger, { caseId, fields: link }),
        removeEvidence(needs, stranger, { caseId, evidenceId }),
        saveDraft(needs, stranger, { caseId, base: 0, content: contentOf([]) }),
        requestReview(needs, stranger, { caseId, version: 1 }),
        returnDraft(needs, stranger, { caseId, version: 1, remarks: 'x' }),
        approve(needs, stranger, { caseId, version: 1, remarks: null }),
        dropCase(needs, stranger, { caseId, reason: 'x' }),
        reopenCase(needs, stranger, { caseId }),
        invitePartner(needs, stranger, { caseId, organisationId: rival.organisationId }),
        getCase(db, stranger, caseId),
      ]
      for (const outcome of await Promise.allSettled(tries)) {
        expect(outcome).toEqual({ status: 'rejected', reason: code('not_found') })
      }
    }
    expect(await kindsOf(caseId)).toEqual(['taken', 'evidence-added'])
  })

  test('is read and discussed by a reader of the organisation, and not worked on', async () => {
    const caseId = await openCase()
    await comment(needs, reader, { caseId, text: 'I know the place.' })
    await expect(addEvidence(needs, reader, { caseId, fields: link })).rejects.toEqual(code('conflict'))
    await expect(async () => takeCase(needs, reader, { rumourId: null, claim: 'x' })).rejects.toEqual(
      code('forbidden'),
    )
  })

  test('keeps a trail of who was mentioned, what was to be done and who did it', async () => {
    const caseId = await openCase()
    await comment(needs, ana, { caseId, text: '@Ben and @Max, please look' })
    await addTask(needs, ana, { caseId, text: 'ring the ministry', for: ben.personId })
    const [task] = tasksOf(await listCaseEvents(db, caseId))
    await finishTask(needs, ben, { caseId, taskId: task!.id })
    await finishTask(needs, cy, { caseId, taskId: task!.id })
    const events = await listCaseEvents(db, caseId)
    expect(events.map(({ detail }) => detail.kind)).toEqual(['taken', 'comment', 'task', 'task-done'])
    expect(events[1]!.detail).toMatchObject({ mentions: [ben.personId] })
    expect(tasksOf(events)[0]!.doneBy).toBe(ben.personId)
  })

  test('is given to somebody who works on cases here, and to nobody else', async () => {
    const caseId = await openCase()
    const give = (to: DeskActor, was = ben) =>
      assign(needs, ana, { caseId, to: to.personId, was: was.personId })
    await give(ben, ana)
    await expect(give(reader)).rejects.toEqual(code('invalid'))
    await expect(give(rival)).rejects.toEqual(code('not_found'))
    expect((await getCase(db, ana, caseId)).assigneeId).toBe(ben.personId)
  })

  test('is due on a day of the calendar', async () => {
    const caseId = await openCase()
    const plan = async (dueOn: string) => planCase(needs, ana, { caseId, dueOn, was: null })
    await plan('2026-03-05')
    await expect(plan('2026-02-30')).rejects.toEqual(code('invalid'))
    expect((await getCase(db, ana, caseId)).dueOn).toBe('2026-03-05')
  })
})

describe('evidence', () => {
  test('is refused with each problem beside its field, and nothing is written', async () => {
    const caseId = await openCase()
    const fields = { ...link, url: 'javascript:alert(1)', shows: '', date: 'yesterday' }
    const added = await addEvidence(needs, ana, { caseId, fields })
    expect(added.ok ? [] : added.problems.map(({ path }) => path).sort()).toEqual(['date', 'shows', 'url'])
    expect(await listEvidence(db, caseId)).toEqual([])
  })

  test('keeps its number when another is removed', async () => {
    const caseId = await openCase()
    const first = await withEvidence(caseId)
    const second = await withEvidence(caseId)
    await removeEvidence(needs, ana, { caseId, evidenceId: first })
    expect((await listEvidence(db, caseId)).map(({ id, number }) => [id, number])).toEqual([
      [first, 1],
      [second, 2],
    ])
  })

  test('that a verdict under review cites stays', async () => {
    const { caseId, evidence } = await inReview()
    await expect(removeEvidence(needs, ben, { caseId, evidenceId: evidence })).rejects.toEqual(
      code('conflict'),
    )
  })
})

describe('a draft', () => {
  test('is one version for one spell of writing, and a new one for a later spell or another writer', async () => {
    const caseId = await openCase()
    const save = (actor: Actor, base: number, summary: string) =>
      saveDraft(needs, actor, { caseId, base, content: contentOf([], { summary }) })
    expect(await save(ana, 0, 'a')).toEqual({ kind: 'saved', version: 1 })
    expect(await save(ana, 1, 'b')).toEqual({ kind: 'saved', version: 2 })
    clock.pass(60)
    expect(await save(ana, 2, 'c')).toEqual({ kind: 'saved', version: 3 })
    expect(await save(ben, 3, 'd')).toEqual({ kind: 'saved', version: 4 })
    expect(await save(ben, 4, 'd')).toEqual({ kind: 'saved', version: 4 })
    const versions = await listVerdicts(db, caseId)
    expect(versions.map(({ version, content }) => [version, content.summary])).toEqual([
      [4, 'd'],
      [3, 'c'],
      [2, 'b'],
    ])
  })

  test('that somebody else changed meanwhile is not overwritten: both texts come back, and nothing is written', async () => {
    const caseId = await openCase()
    const base = { caseId, base: 0 }
    await saveDraft(needs, ana, { ...base, content: contentOf([], { summary: 'first' }) })
    const outcome = await saveDraft(needs, ben, { ...base, content: contentOf([], { summary: 'second' }) })
    expect(outcome).toMatchObject({
      kind: 'conflict',
      theirs: { version: 1, content: { summary: 'first' } },
      yours: { summary: 'second' },
    })
    expect(await listVerdicts(db, caseId)).toHaveLength(1)
  })

  test('saved by two at the same moment is saved once', async () => {
    const caseId = await openCase()
    const outcomes = await Promise.all(
      [ana, ben, cy, lead].map((actor) =>
        saveDraft(needs, actor, { caseId, base: 0, content: contentOf([], { summary: actor.personId }) }),
      ),
    )
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['conflict', 'conflict', 'conflict', 'saved'])
  })

  test('is rated by the organisation’s own scale and by nothing else', async () => {
    const caseId = await openCase()
    const content = contentOf([], { ratingLabel: 'Pants on fire' })
    await expect(saveDraft(needs, ana, { caseId, base: 0, content })).rejects.toEqual(code('invalid'))
    await saveDraft(needs, ana, { caseId, base: 0, content: contentOf([]) })
    expect((await listVerdicts(db, caseId))[0]!.content.ratingValue).toBe('false')
  })

  test('keeps what was pasted as whole characters, and refuses what is too long', async () => {
    const caseId = await openCase()
    const odd = contentOf([], { unknown: 'half \ud83d and \0 nothing' })
    await saveDraft(needs, ana, { caseId, base: 0, content: odd })
    expect((await listVerdicts(db, caseId))[0]!.content.unknown).toBe('half \ufffd and   nothing')
    const huge = contentOf([], { unknown: 'a'.repeat(100_000) })
    await expect(saveDraft(needs, ana, { caseId, base: 1, content: huge })).rejects.toEqual(code('too_large'))
  })
})

describe('two people', () => {
  test('a review is not asked for while a sentence cites nothing', async () => {
    const caseId = await openCase()
    await saveDraft(needs, ana, { caseId, base: 0, content: contentOf([]) })
    await expect(requestReview(needs, ana, { caseId, version: 1 })).rejects.toThrow(
      'Sentence 1 cites no evidence.',
    )
  })

  test('that nobody can check it is an answer, with its reason and without evidence', async () => {
    const caseId = await openCase()
    const content = contentOf([], {
      ratingLabel: 'Nobody can know',
      notCheckable: 'It is an opinion.',
      answer: [],
    })
    await saveDraft(needs, ana, { caseId, base: 0, content })
    await requestReview(needs, ana, { caseId, version: 1 })
    await approve(needs, ben, { caseId, version: 1, remarks: null })
    expect((await listVerdicts(db, caseId))[0]).toMatchObject({ state: 'approved', approvedBy: ben.personId })
  })

  test('the author does not approve, and is told what can be done', async () => {
    const { caseId } = await inReview()
    await expect(approve(needs, ana, { caseId, version: 1, remarks: null })).rejects.toThrow(
      'You cannot approve it: that is not for the author of the verdict. What you can do: write a new version.',
    )
  })

  test('whoever wrote any version since the last approval does not approve', async () => {
    const { caseId, evidence } = await inReview()
    const content = contentOf([evidence], { summary: 'It stands firmly.' })
    await saveDraft(needs, ben, { caseId, base: 1, content })
    await requestReview(needs, ben, { caseId, version: 2 })
    for (const author of [ana, ben]) {
      await expect(approve(needs, author, { caseId, version: 2, remarks: null })).rejects.toEqual(
        code('conflict'),
      )
    }
    await approve(needs, cy, { caseId, version: 2, remarks: 'The date could be clearer.' })
    expect(await kindsOf(caseId)).toEqual([
      'taken',
      'evidence-added',
      'review-requested',
      'review-requested',
      'approved',
    ])
  })

  test('an edit after approval needs another approval, and may have it from an earlier author', async () => {
    const { caseId, evidence } = await inReview()
    await approve(needs, ben, { caseId, version: 1, remarks: null })
    await saveDraft(needs, ben, { caseId, base: 1, content: contentOf([evidence], { summary: 'It holds.' }) })
    expect((await listVerdicts(db, caseId)).map(({ state }) => state)).toEqual(['draft', 'approved'])
    await requestReview(needs, ben, { caseId, version: 2 })
    await expect(approve(needs, ben, { caseId, version: 2, remarks: null })).rejects.toEqual(code('conflict'))
    await approve(needs, ana, { caseId, version: 2, remarks: null })
  })

  test('an approval is for the version that was read, not for one that was saved since', async () => {
    const { caseId, evidence } = await inReview()
    await saveDraft(needs, ana, { caseId, base: 1, content: contentOf([evidence], { summary: 'New.' }) })
    await requestReview(needs, ana, { caseId, version: 2 })
    await expect(approve(needs, ben, { caseId, version: 1, remarks: null })).rejects.toThrow(
      /Version 2 was saved/,
    )
  })

  test('a returned verdict comes with remarks, and goes on from there', async () => {
    const { caseId } = await inReview()
    await expect(async () => returnDraft(needs, ben, { caseId, version: 1, remarks: ' ' })).rejects.toEqual(
      code('invalid'),
    )
    await returnDraft(needs, ben, { caseId, version: 1, remarks: 'Name the year.' })
    expect((await listVerdicts(db, caseId))[0]).toMatchObject({
      state: 'returned',
      remarks: 'Name the year.',
    })
    await requestReview(needs, ana, { caseId, version: 1 })
  })

  test('dissent stays in the trail, also of what is approved', async () => {
    const { caseId } = await inReview()
    await dissent(needs, cy, { caseId, text: 'The source is weak.' })
    await approve(needs, ben, { caseId, version: 1, remarks: null })
    expect(await kindsOf(caseId)).toEqual([
      'taken',
      'evidence-added',
      'review-requested',
      'dissent',
      'approved',
    ])
  })

  test('a partner’s person approves once their organisation was invited by the lead', async () => {
    const { caseId } = await inReview()
    const { organisationId } = rival
    await expect(invitePartner(needs, ana, { caseId, organisationId })).rejects.toEqual(code('conflict'))
    await invitePartner(needs, lead, { caseId, organisationId })
    await expect(addEvidence(needs, rival, { caseId, fields: link })).rejects.toEqual(code('conflict'))
    await comment(needs, rival, { caseId, text: 'We have the same.' })
    await approve(needs, rival, { caseId, version: 1, remarks: null })
    expect((await listVerdicts(db, caseId))[0]!.approvedBy).toBe(rival.personId)
  })
})

describe('the database itself', () => {
  const set = (caseId: CaseId, version: number, change: Record<string, unknown>) =>
    db
      .updateTable('verdicts')
      .set(change)
      .where('case_id', '=', caseId)
      .where('version', '=', version)
      .execute()

  test('refuses an approval by whoever wrote an earlier version since the last approval', async () => {
    const { caseId, evidence } = await inReview()
    await saveDraft(needs, ben, { caseId, base: 1, content: contentOf([evidence], { summary: 'Mine.' }) })
    await requestReview(needs, ben, { caseId, version: 2 })
    await expect(set(caseId, 2, { state: 'approved', approved_by: ana.personId })).rejects.toThrow(
      'whoever wrote a verdict does not approve it',
    )
    await expect(set(caseId, 2, { state: 'approved', approved_by: ben.personId })).rejects.toThrow()
  })

  test.each([
    ['a stranger', () => rival],
    ['a reader', () => reader],
    ['an operator', () => operator],
  ])('refuses an approval by %s', async (_name, who) => {
    const { caseId } = await inReview()
    await expect(set(caseId, 1, { state: 'approved', approved_by: who().personId })).rejects.toThrow(
      'whoever approves is a lead or checker',
    )
  })

  test('refuses to change what was sent to review, approved, or who approved it', async () => {
    const { caseId } = await inReview()
    const edit = { content: JSON.stringify(contentOf([], { summary: 'Something else.' })) }
    await expect(set(caseId, 1, edit)).rejects.toThrow('is not edited')
    await approve(needs, ben, { caseId, version: 1, remarks: null })
    await expect(set(caseId, 1, edit)).rejects.toThrow('is not edited')
    await expect(set(caseId, 1, { approved_by: cy.personId })).rejects.toThrow('is not changed')
    await expect(set(caseId, 1, { drafted_by: cy.personId })).rejects.toThrow('stays where and whose')
  })

  test('refuses to jump from draft to approved or published', async () => {
    const caseId = await openCase()
    await saveDraft(needs, ana, { caseId, base: 0, content: contentOf([]) })
    await expect(set(caseId, 1, { state: 'approved', approved_by: ben.personId })).rejects.toThrow(
      'does not go',
    )
    await expect(set(caseId, 1, { state: 'published', approved_by: ben.personId })).rejects.toThrow(
      'does not go',
    )
  })

  test('refuses to change a piece of evidence', async () => {
    const caseId = await openCase()
    const id = await withEvidence(caseId)
    const edit = db
      .updateTable('evidence')
      .set({ content: JSON.stringify({ ...link, shows: 'Else' }) })
      .where('id', '=', id)
    await expect(edit.execute()).rejects.toThrow('evidence is not edited')
  })
})
