/** Publishing, correcting, withdrawing on a real database: wholly or not at all, by two people, always in the log. */
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#domain/actor.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { findLogMark } from '#flows/extend-log/find-log-mark.ts'
import { checkReviews } from '#flows/fsck/check-reviews.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import {
  confirmRevision,
  correctReview,
  dropRevision,
  withdrawReview,
} from '#flows/publish-review/revise-review.ts'
import { problemOfEntry } from '#formats/publications/check-entry.ts'
import { listChangedClaimReviews } from '#io/database/claim-review-changes.ts'
import { findClaimReview, listClaimReviewVersions } from '#io/database/claim-reviews.ts'
import { findLogEntry } from '#io/database/log/log-entries.ts'
import { getOwnReview } from '#io/database/publications/own-reviews.ts'
import type { Publication } from '#io/database/publications/publications.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { freshDatabase } from '../fresh-database.ts'
import { LogDesk } from '../log/log-desk.ts'
import { openPublishDesk, type PublishDesk } from './publish-desk.ts'

const { db } = await freshDatabase()
let desk: PublishDesk

beforeEach(async () => {
  await sql`truncate organisations, rumours, logs, log_entries, log_state, log_witnesses, claim_reviews, publishers cascade`.execute(
    db,
  )
  desk = await openPublishDesk(db)
})

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}`.execute(db)
  return Number(rows[0]!.count)
}

async function published() {
  const rumourId = await desk.addRumour()
  const held = await desk.addCase(rumourId)
  const verdictId = await desk.addVerdict(held)
  return { ...(await publishVerdict(desk.needs, desk.author, verdictId)), held, rumourId, verdictId }
}

/** The log takes in what waits, so that the next version can point at it. */
async function withLog<T>(run: (log: LogDesk) => Promise<T>): Promise<T> {
  const log = await LogDesk.open(db)
  try {
    await log.begin()
    await log.settle()
    return await run(log)
  } finally {
    await log.close()
  }
}

const note = {
  wrong: 'We gave the limit of 2010.',
  changed: 'The limit is now that of 2020.',
  why: 'A reader told us.',
}

describe('publishing', () => {
  test('leaves review, index change, document, log entry and notice together', async () => {
    const { claimReviewId, rumourId } = await published()
    const review = await findClaimReview(db, claimReviewId)
    expect(review).toMatchObject({
      claim: 'The tap water of the old town contains lead.',
      url: `https://desk.example/reviews/${claimReviewId}`,
      rating: { words: 'False', value: 'false', scale: { value: 1, best: 5, worst: 1 } },
      publisher: { site: 'desk.example', name: 'Plain Desk' },
    })
    expect((await listChangedClaimReviews(db, 0, 10)).map(({ id }) => id)).toEqual([claimReviewId])
    const { publications, document } = await getOwnReview(db, claimReviewId)
    expect(publications.map(({ entry }) => entry.state)).toEqual(['pending'])
    expect(document?.answer).toEqual([
      { text: 'The water works measure every week.', evidence: [1] },
      { text: 'The laboratory found no lead.', evidence: [2, 1] },
    ])
    const { rows } = await sql`select rumour_id, claim_review_id, kind, state from notices`.execute(db)
    expect(rows).toEqual([
      { rumour_id: rumourId, claim_review_id: claimReviewId, kind: 'answered', state: 'pending' },
    ])
    const states = await sql`select c.state as case, v.state as verdict, r.state as rumour
      from cases c join verdicts v on v.case_id = c.id join rumours r on r.id = c.rumour_id`.execute(db)
    expect(states.rows).toEqual([{ case: 'published', verdict: 'published', rumour: 'answered' }])
  })

  test('names nobody unless the organisation shows names', async () => {
    const { claimReviewId } = await published()
    expect(JSON.stringify((await getOwnReview(db, claimReviewId)).documents)).not.toMatch(/Ada|Ben/)
    await sql`update organisations set show_names = true`.execute(db)
    const second = await published()
    expect((await getOwnReview(db, second.claimReviewId)).document?.people).toEqual({
      drafted: 'Ada Writer',
      approved: 'Ben Reader',
    })
  })

  test('the log entry names no person and no word of the text, and stands for the document', async () => {
    const { claimReviewId } = await published()
    const [{ document, salt, entry }] = (await getOwnReview(db, claimReviewId)).publications as [Publication]
    expect(Buffer.from(entry.bytes).toString()).not.toMatch(/Ada|Ben|water/)
    expect(problemOfEntry({ document, salt, entry: entry.bytes })).toBeNull()
    const changed = document!.replace('"False"', '"True"')
    expect(problemOfEntry({ document: changed, salt, entry: entry.bytes })).toContain('not the one')
  })

  test.each([
    ['nobody approved it', { state: 'review-requested', approvedBy: null }, /publish/],
    ['it was returned', { state: 'returned', approvedBy: null }, /publish/],
  ] as const)('is refused while %s', async (_name, how, sentence) => {
    const verdictId = await desk.addVerdict(await desk.addCase(), {}, how)
    await expect(publishVerdict(desk.needs, desk.author, verdictId)).rejects.toThrow(sentence)
    expect([await count('publications'), await count('log_entries'), await count('claim_reviews')]).toEqual([
      0, 0, 0,
    ])
  })

  test('is refused while the organisation says too little of itself, with what is missing', async () => {
    await sql`update organisations set profile = jsonb_set(profile, '{funding}', '""')`.execute(db)
    const verdictId = await desk.addVerdict(await desk.addCase())
    await expect(publishVerdict(desk.needs, desk.author, verdictId)).rejects.toThrow('funding')
  })

  test('is refused when somebody has written on since, and when it is published already', async () => {
    const held = await desk.addCase()
    const old = await desk.addVerdict(held)
    const newer = await desk.addVerdict(held)
    await expect(publishVerdict(desk.needs, desk.author, old)).rejects.toThrow('written on since')
    await publishVerdict(desk.needs, desk.author, newer)
    await expect(publishVerdict(desk.needs, desk.author, newer)).rejects.toMatchObject({ code: 'conflict' })
    const third = await desk.addVerdict(held)
    await expect(publishVerdict(desk.needs, desk.author, third)).rejects.toThrow('published already')
  })

  test('is refused to readers, operators and other organisations', async () => {
    const verdictId = await desk.addVerdict(await desk.addCase())
    const other = await openPublishDesk(db, { name: 'Other', shortName: 'other' })
    await expect(publishVerdict(desk.needs, other.author, verdictId)).rejects.toMatchObject({
      code: 'not_found',
    })
    const reader: Actor = await desk.person('Dora', 'reader')
    await expect(publishVerdict(desk.needs, reader, verdictId)).rejects.toMatchObject({ code: 'forbidden' })
    const operator: Actor = { personId: reader.personId, organisationId: null, role: 'operator' }
    await expect(publishVerdict(desk.needs, operator, verdictId)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('two at once publish one', async () => {
    const verdictId = await desk.addVerdict(await desk.addCase(await desk.addRumour()))
    const tries = await Promise.allSettled(
      [desk.author, desk.approver, desk.third].map((actor) => publishVerdict(desk.needs, actor, verdictId)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect([await count('publications'), await count('notices')]).toEqual([1, 1])
  })

  test('a second organisation publishes under its own name', async () => {
    const other = await openPublishDesk(db, { name: 'Other', shortName: 'other' })
    await published()
    const verdictId = await other.addVerdict(await other.addCase())
    const { claimReviewId } = await publishVerdict(other.needs, other.author, verdictId)
    expect((await findClaimReview(db, claimReviewId))?.publisher).toMatchObject({ site: null, name: 'Other' })
  })

  test('a feed in our name changes nothing of what we published', async () => {
    const { claimReviewId } = await published()
    const { rows } = await sql<{
      record: Parameters<typeof upsertClaimReviews>[1][number]
    }>`select record from claim_reviews`.execute(db)
    const forged = { ...rows[0]!.record, summary: 'Forged.' }
    const other = { ...forged, claim: 'Quite another claim' }
    const { now } = desk.needs.clock
    await db
      .transaction()
      .execute((tx) => upsertClaimReviews(tx, [forged, other], { now: now(), ids: desk.needs.ids }))
    expect(await count('claim_reviews')).toBe(1)
    expect((await findClaimReview(db, claimReviewId))?.summary).not.toBe('Forged.')
  })
})

describe('the database itself refuses', () => {
  async function insertPublication(verdictId: string, caseId: string) {
    const leaf = Buffer.alloc(32, 7)
    await sql`insert into log_entries (leaf_hash, bytes, kind, claim_review_id, state, pending_at) values (${leaf}, 'x', 'verdict', 'r', 'pending', now())`.execute(
      db,
    )
    return sql`insert into publications (claim_review_id, version, organisation_id, case_id, verdict_id, kind, document, salt, leaf_hash, published_at)
      values ('r', 1, ${desk.organisationId}, ${caseId}, ${verdictId}, 'verdict', '{}', 'x', ${leaf}, now())`.execute(
      db,
    )
  }

  test('a publication of a verdict that nobody else has approved', async () => {
    const held = await desk.addCase()
    const verdictId = await desk.addVerdict(held, {}, { state: 'review-requested', approvedBy: null })
    await expect(insertPublication(verdictId, held.caseId)).rejects.toThrow('another person has approved')
  })

  test('a publication of an organisation with an incomplete profile', async () => {
    const held = await desk.addCase()
    const verdictId = await desk.addVerdict(held)
    await sql`update organisations set profile = profile - 'ownership'`.execute(db)
    await expect(insertPublication(verdictId, held.caseId)).rejects.toThrow('profile is complete')
  })

  test('a revision that is confirmed by whoever proposed it', async () => {
    const { claimReviewId } = await published()
    await withLog(async () => {
      const id = await withdrawReview(desk.needs, desk.approver, {
        claimReviewId,
        reason: 'It was a mistake of ours.',
      })
      await expect(
        sql`update revisions set state = 'published', confirmed_by = proposed_by where id = ${id}`.execute(
          db,
        ),
      ).rejects.toThrow('check constraint')
    })
  })
})

describe('correcting', () => {
  async function proposed() {
    const first = await published()
    const verdictId = await desk.addVerdict(first.held, {
      claim: 'The tap water contains too much lead.',
      summary: 'It does not.',
    })
    return { ...first, verdictId }
  }

  test('needs a second person, keeps the first text, and tells everybody who was told', async () => {
    const { claimReviewId, verdictId, rumourId } = await proposed()
    await withLog(async (log) => {
      const id = await correctReview(desk.needs, desk.author, { claimReviewId, verdictId, note })
      await expect(confirmRevision(desk.needs, desk.author, id)).rejects.toMatchObject({ code: 'conflict' })
      await confirmRevision(desk.needs, desk.third, id)
      await log.settle()
      expect(await log.fsckProblems()).toEqual([])
    })
    const { publications, document, documents } = await getOwnReview(db, claimReviewId)
    expect(document).toMatchObject({ version: 2, summary: 'It does not.', correction: note })
    expect(documents[1]).toMatchObject({ version: 1, correction: null })
    expect(JSON.parse(Buffer.from(publications[0]!.entry.bytes).toString())).toMatchObject({
      kind: 'correction',
      revises: 0,
    })
    expect(await findClaimReview(db, claimReviewId)).toMatchObject({
      version: 2,
      claim: 'The tap water contains too much lead.',
    })
    expect(await listClaimReviewVersions(db, claimReviewId)).toHaveLength(2)
    const { rows } = await sql`select rumour_id, kind from notices order by created_at`.execute(db)
    expect(rows).toEqual([
      { rumour_id: rumourId, kind: 'answered' },
      { rumour_id: rumourId, kind: 'corrected' },
    ])
  })

  test('waits while the version before is not in the log, and says so', async () => {
    const { claimReviewId, verdictId } = await proposed()
    const id = await correctReview(desk.needs, desk.author, { claimReviewId, verdictId, note })
    await expect(confirmRevision(desk.needs, desk.third, id)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await count('publications')).toBe(1)
  })

  test('one proposal at a time; a dropped one makes room, and cannot be confirmed', async () => {
    const { claimReviewId, verdictId } = await proposed()
    await withLog(async () => {
      const id = await correctReview(desk.needs, desk.author, { claimReviewId, verdictId, note })
      await expect(correctReview(desk.needs, desk.third, { claimReviewId, verdictId, note })).rejects.toThrow(
        'proposed already',
      )
      await dropRevision(desk.needs, desk.third, id)
      await expect(confirmRevision(desk.needs, desk.third, id)).rejects.toThrow('dropped')
      await correctReview(desk.needs, desk.third, { claimReviewId, verdictId, note })
    })
  })

  test.each([
    ['wrong', 'Say what was wrong in a sentence or two'],
    ['changed', 'Say what changed in a sentence or two'],
    ['why', 'Say why it changed in a sentence or two'],
  ])('is refused while what readers will see is empty: %s', async (field, says) => {
    const { claimReviewId, verdictId } = await proposed()
    await expect(
      correctReview(desk.needs, desk.author, { claimReviewId, verdictId, note: { ...note, [field]: ' ' } }),
    ).rejects.toThrow(says)
  })
})

describe('withdrawing', () => {
  test('takes the review out of every index, keeps the page and the log, and tells everybody', async () => {
    const { claimReviewId, rumourId } = await published()
    await withLog(async (log) => {
      const id = await withdrawReview(desk.needs, desk.approver, {
        claimReviewId,
        reason: 'It was about another town.',
      })
      await confirmRevision(desk.needs, desk.third, id)
      await log.settle()
    })
    expect(await findClaimReview(db, claimReviewId)).toBeNull()
    expect((await listChangedClaimReviews(db, 0, 10)).map(({ kind, id }) => [kind, id])).toEqual([
      ['remove', claimReviewId],
    ])
    const { withdrawal, document } = await getOwnReview(db, claimReviewId)
    expect(withdrawal).toMatchObject({ version: 2, reason: 'It was about another town.' })
    expect(document?.version).toBe(1)
    const { rows } =
      await sql`select kind from notices where rumour_id = ${rumourId} order by created_at`.execute(db)
    expect(rows).toEqual([{ kind: 'answered' }, { kind: 'withdrawn' }])
    expect((await sql`select state from rumours`.execute(db)).rows).toEqual([{ state: 'open' }])
    await expect(
      withdrawReview(desk.needs, desk.approver, { claimReviewId, reason: 'Once more.' }),
    ).rejects.toThrow('was withdrawn')
  })

  test('is proposed by a lead only', async () => {
    const { claimReviewId } = await published()
    await expect(
      withdrawReview(desk.needs, desk.author, { claimReviewId, reason: 'No.' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the mark of the public log', () => {
  async function marks(log: LogDesk, id: ClaimReviewId) {
    const { publications } = await getOwnReview(db, id)
    return Promise.all(
      publications.map(({ document, salt, leafHash, entry }) =>
        findLogMark(log.place, {
          ...entry,
          leafHash,
          stands: problemOfEntry({ document, salt, entry: entry.bytes }) === null,
        }),
      ),
    )
  }

  test('is shown once the entry is proved, and never for a changed, swapped or moved row', async () => {
    const { claimReviewId } = await published()
    const other = await published()
    const log = await LogDesk.open(db)
    try {
      await log.begin()
      expect(await marks(log, claimReviewId)).toEqual([{ state: 'waiting' }])
      await log.settle()
      expect(await marks(log, claimReviewId)).toMatchObject([
        { state: 'logged', index: 0, size: 2, witnesses: [] },
      ])
      const change = async (statement: ReturnType<typeof sql>, undo: ReturnType<typeof sql>) => {
        await statement.execute(db)
        expect(await marks(log, claimReviewId)).toEqual([{ state: 'disagrees' }])
        await undo.execute(db)
        expect(await marks(log, claimReviewId)).toMatchObject([{ state: 'logged' }])
      }
      await change(
        sql`update publications set document = replace(document, 'False', 'True') where claim_review_id = ${claimReviewId}`,
        sql`update publications set document = replace(document, 'True', 'False') where claim_review_id = ${claimReviewId}`,
      )
      await change(
        sql`update log_entries set index = 7 where index = 0`,
        sql`update log_entries set index = 0 where index = 7`,
      )
      await sql`update publications a set document = b.document, salt = b.salt from publications b
        where a.claim_review_id = ${claimReviewId} and b.claim_review_id = ${other.claimReviewId}`.execute(db)
      expect(await marks(log, claimReviewId)).toEqual([{ state: 'disagrees' }])
      expect(await checkReviews(desk.needs)).toEqual([
        { path: `reviews/${claimReviewId}`, message: expect.stringContaining('entry 0 of the log') },
      ])
    } finally {
      await log.close()
    }
  })

  test('fsck names the review whose row, document or publication was changed or deleted', async () => {
    const [{ claimReviewId }, other, gone] = [await published(), await published(), await published()]
    expect(await checkReviews(desk.needs)).toEqual([])
    await sql`update claim_reviews set record = jsonb_set(record, '{summary}', '"Forged."') where id = ${claimReviewId}`.execute(
      db,
    )
    expect(await checkReviews(desk.needs)).toMatchObject([{ path: `reviews/${claimReviewId}` }])
    await withLog((log) => log.fsckProblems())
    await sql`delete from claim_reviews where id = ${gone.claimReviewId}`.execute(db)
    await sql`delete from publications where claim_review_id = ${other.claimReviewId}`.execute(db)
    const { index } = (await findLogEntry(db, other.leafHash))!
    const said = (await checkReviews(desk.needs)).map(({ path, message }) => `${path}: ${message}`)
    expect(said).toEqual([
      expect.stringMatching(`${claimReviewId}: .* published as entry [012] of the log`),
      expect.stringContaining(`${other.claimReviewId}: entry ${index} of the log has no publication`),
      expect.stringMatching(`${gone.claimReviewId}: it is not among .* published as entry [012] of the log`),
    ])
  })
})
