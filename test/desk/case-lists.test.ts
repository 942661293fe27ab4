/** Whom a case waits for: the views of the list of cases, and words that two chose at once. */
import { expect, test } from 'vitest'
import { type CaseView, tasksOf } from '#domain/case.ts'
import { addTask, comment, finishTask } from '#flows/work-case/discuss-case.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import { wordClaim } from '#flows/work-case/plan-case.ts'
import { approve, requestReview } from '#flows/work-case/review-verdict.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { wordRumour } from '#flows/work-inbox/word-rumour.ts'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import { listCases } from '#io/database/cases/case-list.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { getPerson } from '#io/database/people/people.ts'
import { getRumour } from '#io/database/tips/rumours.ts'
import { freshDatabase } from '../fresh-database.ts'
import { contentOf, type DeskActor, openNewsrooms } from './newsrooms.ts'

const { db } = await freshDatabase()
const { needs, ana, ben, cy, rumour } = await openNewsrooms(db)

async function listOf(view: CaseView, { personId, organisationId }: DeskActor): Promise<string[]> {
  const who = { personId, organisationId: organisationId!, isPartner: true }
  return (await listCases(db, who, view, { limit: 50 })).cases.map(({ id }) => id)
}
const askedOf = (who: DeskActor) => listOf('mentions', who)

test('a task is on the list of whom it is for until it is done', async () => {
  const caseId = await takeCase(needs, ana, { rumourId: await rumour(), claim: 'The well is dry' })
  await addTask(needs, ana, { caseId, text: 'Ring the water works', for: ben.personId })
  expect([await askedOf(ben), await askedOf(ana)]).toEqual([[caseId], []])
  const [task] = tasksOf(await listCaseEvents(db, caseId))
  await finishTask(needs, ben, { caseId, taskId: task!.id })
  expect(await askedOf(ben)).toEqual([])
})

test('who is asked by name has the case on their list', async () => {
  const caseId = await takeCase(needs, ana, { rumourId: await rumour(), claim: 'The well is deep' })
  const { name } = await getPerson(db, ben.personId, ben.organisationId)
  await comment(needs, ana, { caseId, text: `@${name}, who dug it?` })
  expect(await askedOf(ben)).toEqual([caseId])
})

test('a verdict is on the list of those who may review it, not of who wrote it', async () => {
  const caseId = await takeCase(needs, ana, { rumourId: await rumour(), claim: 'The well is holy' })
  const opinion = { ratingLabel: 'Nobody can know', notCheckable: 'It is a belief.', answer: [] }
  const save = (actor: DeskActor, base: number) =>
    saveDraft(needs, actor, { caseId, base, content: contentOf([], { ...opinion, summary: `v${base}` }) })
  const lists = async () => [
    await listOf('review', ana),
    await listOf('review', ben),
    await listOf('review', cy),
  ]
  await save(ana, 0)
  expect(await lists()).toEqual([[], [], []])
  await requestReview(needs, ana, { caseId, version: 1 })
  expect(await lists()).toEqual([[], [caseId], [caseId]])
  await approve(needs, ben, { caseId, version: 1, remarks: null })
  expect(await lists()).toEqual([[], [], []])
  await save(cy, 1)
  await requestReview(needs, cy, { caseId, version: 2 })
  expect(await lists()).toEqual([[caseId], [caseId], []])
})

test('a claim that somebody else worded meanwhile is not overwritten unseen', async () => {
  const caseId = await takeCase(needs, ana, { rumourId: await rumour(), claim: 'It is dry' })
  await wordClaim(needs, ben, { caseId, claim: 'The well of the market is dry', was: 'It is dry' })
  const mine = { caseId, claim: 'The old well is dry' }
  await expect(wordClaim(needs, ana, { ...mine, was: 'It is dry' })).rejects.toThrow('worded it meanwhile')
  expect((await getCase(db, ana, caseId)).claim).toBe('The well of the market is dry')
  await wordClaim(needs, ana, { ...mine, was: 'The well of the market is dry' })
  expect((await getCase(db, ana, caseId)).claim).toBe('The old well is dry')
})

test('nor is the public wording of a rumour', async () => {
  const rumourId = await rumour()
  const was = (await getRumour(db, rumourId)).wording ?? ''
  await wordRumour(needs, ben, { rumourId, wording: 'A well is dry', was })
  const mine = { rumourId, wording: 'The old well is dry' }
  await expect(wordRumour(needs, ana, { ...mine, was })).rejects.toThrow('worded it meanwhile')
  expect((await getRumour(db, rumourId)).wording).toBe('A well is dry')
  await wordRumour(needs, ana, { ...mine, was: 'A well is dry' })
  expect((await getRumour(db, rumourId)).wording).toBe('The old well is dry')
})
