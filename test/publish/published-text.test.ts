/** What a published text carries: in each language the evidence of every sentence, and whether the other side was asked. */
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { VerdictDocument } from '#domain/publication.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { readMigrations } from '#io/database/connection/migrate.ts'
import { getOwnReview } from '#io/database/publications/own-reviews.ts'
import { textIn } from '#web/review/shown-review.ts'
import { freshDatabase } from '../fresh-database.ts'
import { openPublishDesk, type PublishDesk, whoWasAsked } from './publish-desk.ts'

const { db } = await freshDatabase()
let desk: PublishDesk

beforeEach(async () => {
  await sql`truncate organisations, rumours, claim_reviews, publishers cascade`.execute(db)
  desk = await openPublishDesk(db)
})

const spanish = {
  lang: 'es',
  claim: 'El agua del casco antiguo contiene plomo.',
  summary: 'Ninguna muestra llegó al límite.',
  answer: 'La compañía mide cada semana.\nEl laboratorio no halló plomo.',
  unknown: null,
}

async function documentOf(
  verdictId: Awaited<ReturnType<PublishDesk['addVerdict']>>,
): Promise<VerdictDocument> {
  const { claimReviewId } = await publishVerdict(desk.needs, desk.author, verdictId)
  return (await getOwnReview(db, claimReviewId)).document!
}

test('a translation cites the evidence that the original cites, by the same numbers', async () => {
  const document = await documentOf(await desk.addVerdict(await desk.addCase(), { translations: [spanish] }))
  const [shown, original] = [textIn(document, ['es']), textIn(document, ['en'])]
  expect(shown.answer.map(({ text }) => text)).toEqual(spanish.answer.split('\n'))
  expect(shown.answer.map(({ evidence }) => evidence)).toEqual([[1], [2, 1]])
  expect(original.answer.map(({ evidence }) => evidence)).toEqual([[1], [2, 1]])
})

test('a translation whose sentences cite nothing is not published', async () => {
  const verdictId = await desk.addVerdict(await desk.addCase(), {
    translations: [{ ...spanish, answer: `${spanish.answer}\nY nada más.` }],
  })
  await expect(publishVerdict(desk.needs, desk.author, verdictId)).rejects.toThrow(
    'Sentence 3 cites no evidence. Mend it and have it approved again.',
  )
})

test('readers see that the other side was asked and what came of it, and never who was asked', async () => {
  const held = await desk.addCase()
  const uncited = await documentOf(await desk.addVerdict(held))
  expect(uncited.replies).toEqual([{ outcome: 'declined', date: '2025-12-20' }])
  expect(uncited.evidence).toHaveLength(2)
  const other = await desk.addCase()
  const answer = [{ text: 'They did not want to say.', evidence: [other.evidence[2]!] }]
  const cited = await documentOf(await desk.addVerdict(other, { answer }))
  expect(cited.evidence).toMatchObject([{ kind: 'contact', title: null, outcome: 'declined' }])
  for (const document of [uncited, cited]) expect(JSON.stringify(document)).not.toContain(whoWasAsked)
})

test('translations that were saved as texts without citations stay as sentences that cite nothing yet', async () => {
  const verdictId = await desk.addVerdict(await desk.addCase(), { translations: [spanish] })
  await sql`alter table verdicts disable trigger keep_verdict`.execute(db)
  await sql`update verdicts set content = jsonb_set(content, '{translations,0,answer}', ${JSON.stringify(spanish.answer)}::jsonb)`.execute(
    db,
  )
  await sql`alter table verdicts enable trigger keep_verdict`.execute(db)
  const step = (await readMigrations()).find(({ name }) => name === '0015-cited-translations.sql')!
  await db.transaction().execute((tx) => sql.raw(step.sql).execute(tx))
  const { rows } = await sql<{ answer: unknown }>`
    select content #> '{translations,0,answer}' as answer from verdicts where id = ${verdictId}`.execute(db)
  expect(rows[0]!.answer).toEqual(spanish.answer.split('\n').map((text) => ({ text, evidence: [] })))
  await expect(sql`update verdicts set content = '{}'`.execute(db)).rejects.toThrow('left the draft')
})
