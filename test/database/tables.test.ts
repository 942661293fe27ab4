/** What the tables may not hold: the shape of the database itself keeps promise 2, nobody is profiled. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../fresh-database.ts'

const { db } = await freshDatabase()

/** Whole words of a name: `ip` is an address, `description` is not. */
const people =
  /(^|_)(claimants?|speakers?|authors?|senders?|askers?|ips?|addresses|agents?|referrers?|cookies?)(_|$)/

function tellsWhoSpoke(name: string): boolean {
  return people.test(name)
}

test('no table, column or index is named after somebody who speaks, sends or asks', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'
    union select column_name from information_schema.columns where table_schema = 'public'
    union select indexname from pg_indexes where schemaname = 'public'`.execute(db)
  const names = rows.map((row) => row.name)
  expect(names).toContain('claim_reviews')
  expect(names.filter(tellsWhoSpoke)).toEqual([])
})

test('no index reads the claimant out of a record', async () => {
  const { rows } = await sql<{ definition: string }>`
    select indexdef as definition from pg_indexes where schemaname = 'public'`.execute(db)
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.filter((row) => /claimant|record/.test(row.definition))).toEqual([])
})

test.each(['claimant', 'sender_id', 'by_speaker', 'ip', 'user_agent'])('the rule refuses %s', (name) => {
  expect(tellsWhoSpoke(name)).toBe(true)
})
