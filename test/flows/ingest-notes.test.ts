/** What a publisher should mend is kept though its reviews are read, and a language that nobody named is told by the text. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { ingestBytes } from '#flows/ingest-feed/ingest.ts'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { getPublisher } from '#io/database/publishers.ts'
import { countRefusals, listRefusals } from '#io/database/refusals.ts'
import { freshDatabase } from '../fresh-database.ts'

const { db } = await freshDatabase()
const now = () => new Date('2025-12-01T12:00:00Z')
const needs = { db, clock: { now }, ids: { now, randomBytes } }

function review(page: string, claimReviewed: string, more: object): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    url: `https://checks.example/${page}`,
    claimReviewed,
    author: { '@type': 'Organization', name: 'Checks', url: 'https://checks.example' },
    reviewRating: { '@type': 'Rating', alternateName: 'False' },
    ...more,
  }
}

async function ingest(reviews: object[]) {
  const bytes = Buffer.from(JSON.stringify(reviews))
  const { tally, problem } = await ingestBytes(needs, 'checks.json', Readable.from([bytes]), {
    format: 'claimreview',
    publisher: 'checks.example',
  })
  expect(problem).toBeNull()
  return tally
}

const dated = { datePublished: '2025-11-01' }
const limon = 'El agua con limón cura todas las enfermedades del corazón en una semana'

test('notes are kept beside refusals and go when the source is mended', async () => {
  await ingest([review('limon', limon, {}), review('apollo', 'Apollo 11', dated)])
  const { id } = await getPublisher(db, 'checks.example')
  expect(await countRefusals(db, id, 'refused')).toBe(0)
  const notes = await listRefusals(db, id, 'note', 10)
  expect(notes.map(({ message }) => message)).toEqual([
    'datePublished is missing: the review is shown without a date',
  ])
  await ingest([review('limon', limon, dated), review('apollo', 'Apollo 11', dated)])
  expect(await countRefusals(db, id, 'note')).toBe(0)
})

test('a review without a language has the one that it is written in, or none when that is not plain', async () => {
  const { claimReviews } = await listClaimReviews(db, {}, { limit: 10 })
  const langs = new Map(claimReviews.map(({ claim, lang }) => [claim, lang]))
  expect(langs.get(limon)).toBe('es')
  expect(langs.get('Apollo 11')).toBeNull()
  expect((await listClaimReviews(db, { lang: 'es' }, { limit: 10 })).claimReviews).toHaveLength(1)
  expect(await ingest([review('limon', limon, dated), review('apollo', 'Apollo 11', dated)])).toMatchObject({
    changed: 0,
    unchanged: 2,
  })
})
