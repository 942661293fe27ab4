/** The inbox: whose rumours are where in it, what others may know of it, and how a rumour is answered without a case. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ClaimReviewId, RumourId } from '#domain/ids.ts'
import { type InboxFilter, inboxViewLimits, parseInboxFilter } from '#domain/inbox.ts'
import { dropCase } from '#flows/work-case/plan-case.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { answerWithReview, snoozeRumour } from '#flows/work-inbox/answer-rumour.ts'
import { dropView, keepView } from '#flows/work-inbox/keep-view.ts'
import { viewOf } from '#flows/work-inbox/read-inbox.ts'
import { getInboxMark, listInbox } from '#io/database/cases/inbox.ts'
import { listInboxViews } from '#io/database/cases/inbox-views.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { reviewRecord } from '../database/review-record.ts'
import { freshDatabase } from '../fresh-database.ts'
import { type DeskActor, openNewsrooms } from './newsrooms.ts'

const { db } = await freshDatabase()
const desk = await openNewsrooms(db)
const { needs, ana, ben, reader, rival, operator, clock } = desk
const code = (name: string) => expect.objectContaining({ code: name })
const all: InboxFilter = { order: 'demand', work: 'all', lang: null, since: null }

async function idsIn(actor: DeskActor, filter: Partial<InboxFilter>): Promise<RumourId[]> {
  const { items } = await listInbox(db, viewOf(needs, actor), { ...all, ...filter }, { limit: 100 })
  return items.map(({ id }) => id)
}

async function demandOf(id: RumourId, demand: number, lastDay: string): Promise<void> {
  await db.updateTable('rumours').set({ demand, last_day: lastDay }).where('id', '=', id).execute()
}

async function review(): Promise<ClaimReviewId> {
  const url = `https://plaindesk.example/${randomBytes(8).toString('hex')}`
  await db
    .transaction()
    .execute((tx) => upsertClaimReviews(tx, [reviewRecord({ url })], { now: clock.now(), ids: clock.ids }))
  const { id } = await db
    .selectFrom('claim_reviews')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return id
}

describe('the list', () => {
  test('goes by demand or by freshness, and its pages neither repeat nor skip', async () => {
    const made: RumourId[] = []
    for (let at = 0; at < 7; at++) {
      const id = await desk.rumour()
      await demandOf(id, 100 + (at % 3), `2026-02-0${1 + at}`)
      made.push(id)
    }
    for (const order of ['demand', 'fresh'] as const) {
      const whole = await idsIn(ana, { order })
      const paged: RumourId[] = []
      let cursor: string | undefined
      do {
        const page = await listInbox(db, viewOf(needs, ana), { ...all, order }, { limit: 2, cursor })
        paged.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(paged).toEqual(whole)
      expect(new Set(paged)).toEqual(new Set(made))
    }
    expect((await idsIn(ana, { order: 'fresh' }))[0]).toBe(made[6])
    expect([made[2], made[5]]).toContain((await idsIn(ana, { order: 'demand' }))[0])
  })

  test('tells another organisation that somebody is on it, and no more', async () => {
    const rumourId = await desk.rumour()
    const caseId = await takeCase(needs, ana, { rumourId, claim: 'A secret wording' })
    const itemOf = async (actor: DeskActor) => {
      const { items } = await listInbox(db, viewOf(needs, actor), all, { limit: 100 })
      return items.find(({ id }) => id === rumourId)!
    }
    expect(await itemOf(ben)).toMatchObject({ caseId, assigneeId: ana.personId, elsewhere: false })
    const seen = await itemOf(rival)
    expect(seen).toMatchObject({ caseId: null, assigneeId: null, elsewhere: true })
    expect(JSON.stringify(seen)).not.toMatch(
      new RegExp(`secret|${caseId}|${ana.personId}|${ana.organisationId}`),
    )
    expect(await idsIn(rival, { work: 'nobody' })).not.toContain(rumourId)
    expect(await idsIn(ana, { work: 'mine' })).toContain(rumourId)
    expect(await idsIn(ben, { work: 'mine' })).not.toContain(rumourId)
    expect(await idsIn(ben, { work: 'ours' })).toContain(rumourId)
    await dropCase(needs, ana, { caseId, reason: 'Nothing to it.' })
    expect(await idsIn(rival, { work: 'nobody' })).toContain(rumourId)
  })

  test('is narrowed by language and by day', async () => {
    const rumourId = await desk.rumour()
    expect(await idsIn(ana, { lang: 'en', since: '2026-02-28' })).toContain(rumourId)
    expect(await idsIn(ana, { lang: 'es' })).not.toContain(rumourId)
    expect(await idsIn(ana, { since: '2026-03-01' })).not.toContain(rumourId)
  })

  test('refuses a cursor that it never gave, and an operator', async () => {
    await expect(listInbox(db, viewOf(needs, ana), all, { limit: 2, cursor: "'; drop" })).rejects.toEqual(
      code('invalid'),
    )
    expect(() => viewOf(needs, operator)).toThrow('An operator has no inbox.')
  })

  test.each(['order=up&work=everything&in=e%27n&since=2026-02-30', ''])(
    'an address with %j is the first view',
    (query) => {
      expect(parseInboxFilter(new URLSearchParams(query))).toEqual({
        order: 'demand',
        work: 'nobody',
        lang: null,
        since: null,
      })
    },
  )
})

describe('putting off', () => {
  test('takes a rumour out of the own inbox until its day, and out of nobody else’s', async () => {
    const rumourId = await desk.rumour()
    await snoozeRumour(needs, ana, { rumourId, until: '2026-03-04' })
    expect(await idsIn(ben, {})).not.toContain(rumourId)
    expect(await idsIn(ben, { work: 'snoozed' })).toContain(rumourId)
    expect(await idsIn(rival, {})).toContain(rumourId)
    clock.pass(3 * 24 * 60)
    expect(await idsIn(ben, {})).toContain(rumourId)
  })

  test.each(['2026-01-01', 'tomorrow', '2026-02-30'])('until %s is refused', async (until) => {
    const rumourId = await desk.rumour()
    await expect(async () => snoozeRumour(needs, ana, { rumourId, until })).rejects.toEqual(code('invalid'))
  })

  test('can be taken back', async () => {
    const rumourId = await desk.rumour()
    await snoozeRumour(needs, ana, { rumourId, until: '2027-01-01' })
    await snoozeRumour(needs, ben, { rumourId, until: null })
    expect(await idsIn(ana, {})).toContain(rumourId)
  })
})

describe('answering with a published review', () => {
  test('tells everybody who asked, once, and the rumour leaves the inbox with a line of who did it', async () => {
    const rumourId = await desk.rumour()
    const claimReviewId = await review()
    await answerWithReview(needs, ana, { rumourId, claimReviewId })
    await expect(answerWithReview(needs, ben, { rumourId, claimReviewId })).rejects.toEqual(code('conflict'))
    const notices = await db.selectFrom('notices').selectAll().where('rumour_id', '=', rumourId).execute()
    expect(notices).toMatchObject([
      { claim_review_id: claimReviewId, kind: 'answered', state: 'pending', leaf_hash: null },
    ])
    expect(await idsIn(ana, {})).not.toContain(rumourId)
    const events = await db
      .selectFrom('rumour_events')
      .selectAll()
      .where('rumour_id', '=', rumourId)
      .execute()
    expect(events).toMatchObject([
      { kind: 'answered', person_id: ana.personId, detail: { claimReview: claimReviewId } },
    ])
  })

  test('is not for a reader, an operator, or a review that is not there', async () => {
    const rumourId = await desk.rumour()
    const claimReviewId = await review()
    for (const actor of [reader, operator]) {
      await expect(async () => answerWithReview(needs, actor, { rumourId, claimReviewId })).rejects.toEqual(
        code('forbidden'),
      )
    }
    const nothing = '0'.repeat(26)
    await expect(answerWithReview(needs, ana, { rumourId, claimReviewId: nothing })).rejects.toEqual(
      code('not_found'),
    )
    await expect(answerWithReview(needs, ana, { rumourId: nothing, claimReviewId })).rejects.toEqual(
      code('not_found'),
    )
  })
})

test('the mark of an inbox changes with it, and not with another organisation’s drafts', async () => {
  const rumourId = await desk.rumour()
  const before = await getInboxMark(db, viewOf(needs, ana))
  expect(await getInboxMark(db, viewOf(needs, ana))).toBe(before)
  const caseId = await takeCase(needs, rival, { rumourId, claim: 'It fell' })
  const taken = await getInboxMark(db, viewOf(needs, ana))
  expect(taken).not.toBe(before)
  await db
    .updateTable('cases')
    .set({ changed_at: new Date(clock.at + 1) })
    .where('id', '=', caseId)
    .execute()
  expect(await getInboxMark(db, viewOf(needs, ana))).toBe(taken)
})

describe('a view of the inbox', () => {
  const filter = { order: 'fresh', work: 'all', lang: 'es', since: '2026-02-01' } as const

  test('is kept under a name, replaced, dropped, and seen by who kept it alone', async () => {
    await keepView(needs, ana, { name: ' Spanish,  fresh ', filter })
    await keepView(needs, ana, { name: 'Spanish, fresh', filter: { ...filter, since: null } })
    expect(await listInboxViews(db, ana.personId)).toEqual([
      { name: 'Spanish, fresh', filter: { ...filter, since: null } },
    ])
    expect(await listInboxViews(db, ben.personId)).toEqual([])
    await dropView(needs, ben, { name: 'Spanish, fresh' })
    expect(await listInboxViews(db, ana.personId)).toHaveLength(1)
    await dropView(needs, ana, { name: 'Spanish, fresh' })
    expect(await listInboxViews(db, ana.personId)).toEqual([])
  })

  test('needs a name of a bearable length, and there are not more than somebody can look through', async () => {
    const { nameMax, viewsMax } = inboxViewLimits
    await expect(async () => keepView(needs, ana, { name: ' ', filter })).rejects.toEqual(code('invalid'))
    await expect(async () => keepView(needs, ana, { name: 'x'.repeat(nameMax + 1), filter })).rejects.toEqual(
      code('too_large'),
    )
    for (let at = 0; at < viewsMax; at++) await keepView(needs, ana, { name: `view ${at}`, filter })
    await expect(keepView(needs, ana, { name: 'one more', filter })).rejects.toEqual(code('conflict'))
    await keepView(needs, ana, { name: 'view 0', filter })
  })
})
