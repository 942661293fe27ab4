/** The public page of what people ask: only approved words, and no figure from which one ask can be read. */
import { expect, test } from 'vitest'
import { newId, type PersonId } from '#domain/ids.ts'
import { wordRumour } from '#flows/work-inbox/word-rumour.ts'
import { listAsked } from '#io/database/tips/asked.ts'
import { countAsk } from '#io/database/tips/rumours.ts'
import { approvedWording, askedRumours } from './asked-rumours.ts'
import { openPages } from './reader.ts'

const pages = openPages()

async function read(path: string): Promise<string> {
  const response = await fetch(pages.site.url + path)
  expect(response.status).toBe(200)
  return response.text()
}

test('no rumour without an approved wording is public, and one ask more changes nothing that is shown', async () => {
  const { needs } = pages.site
  const [worded] = await askedRumours(needs)
  const html = await read('/asked?language=en')
  expect(html).toContain(approvedWording)
  expect(html).toContain('Asked about 20 times')
  const { asked } = await listAsked(needs.db, { lang: null }, { limit: 10 })
  expect(asked).toHaveLength(1)
  const day = new Date().toISOString().slice(0, 10)
  await needs.db
    .transaction()
    .execute((tx) => countAsk(tx, worded, { day, wording: needs.ids.randomBytes(32) }))
  expect(await read('/asked?language=en')).toBe(html)
  expect(await read('/asked?language=es')).not.toContain(approvedWording)
})

test('a wording is approved by who may, and nobody else', async () => {
  const { needs } = pages.site
  const [, unworded] = await askedRumours(needs)
  const operator = { personId: newId<PersonId>(needs.ids), organisationId: null, role: 'operator' } as const
  const refused = async () => wordRumour(needs, operator, { rumourId: unworded, wording: 'The sea is soup' })
  await expect(refused()).rejects.toMatchObject({ code: 'forbidden' })
  expect(await read('/asked')).not.toContain('soup')
})
