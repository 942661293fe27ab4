import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '#config.ts'
import { findCompetent } from '#flows/find-competent/find-competent.ts'
import { openJournal } from '#io/journal.ts'

const folder = await mkdtemp(join(tmpdir(), 'assay-competence-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const journal: string[] = []
const needs = {
  config: readConfig({ ASSAY_DATA: folder }),
  journal: openJournal('debug', (line) => journal.push(line)),
}
const table = join(folder, 'competence.json')

test('without a table the emergency number is told, and of an unknown country nothing', async () => {
  expect(await findCompetent(needs, 'TW')).toEqual({ danger: [{ name: null, phone: '110', url: null }] })
  expect(await findCompetent(needs, 'AQ')).toEqual({})
})

test('what the operator writes is told at once, beside and instead of what is known', async () => {
  await writeFile(table, '{"TW": {"private": [{"name": "Office", "url": "https://office.example/"}]}}')
  expect(await findCompetent(needs, 'TW')).toMatchObject({
    danger: [{ phone: '110' }],
    private: [{ name: 'Office', url: 'https://office.example/' }],
  })
  await writeFile(table, '{"TW": {"danger": [{"phone": "119"}]}}')
  expect(await findCompetent(needs, 'TW')).toMatchObject({ danger: [{ phone: '119' }] })
})

test.each(['{', '[]', '{"TW": {"danger": [{"url": "javascript:alert(1)"}]}}', '{"Taiwan": {}}'])(
  'a table that cannot be used is told to the operator, and the emergency number stays: %s',
  async (text) => {
    await writeFile(table, text)
    journal.length = 0
    expect(await findCompetent(needs, 'TW')).toEqual({ danger: [{ name: null, phone: '110', url: null }] })
    expect(journal.join()).toContain('competence table not used')
  },
)
