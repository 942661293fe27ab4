/** docs/privacy.md names every column of the database, with purpose, basis and retention of its table. */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../fresh-database.ts'

const { db } = await freshDatabase()

interface Registered {
  columns: Map<string, string>
  text: string
}

async function readRegister(): Promise<Map<string, Registered>> {
  const page = await readFile(new URL('../../docs/privacy.md', import.meta.url), 'utf8')
  const [, ...parts] = page.split(/^### /m)
  return new Map(
    parts.map((text) => {
      const name = /^`(\w+)`/.exec(text)?.[1] ?? ''
      const rows = Array.from(text.matchAll(/^\| `(\w+)` \| (.*) \|$/gm), ([, column, purpose]) => {
        return [column!, purpose!.trim()] as const
      })
      return [name, { columns: new Map(rows), text }]
    }),
  )
}

test('every column is registered with a purpose, and nothing is registered that is not there', async () => {
  const { rows } = await sql<{ column: string }>`
    select table_name || '.' || column_name as column from information_schema.columns
    where table_schema = 'public'`.execute(db)
  const register = await readRegister()
  const registered = [...register].flatMap(([table, { columns }]) =>
    [...columns].filter(([, purpose]) => purpose !== '').map(([column]) => `${table}.${column}`),
  )
  const held = rows.map(({ column }) => column)
  expect(held.filter((column) => !registered.includes(column)).sort()).toEqual([])
  expect(registered.filter((column) => !held.includes(column)).sort()).toEqual([])
})

test('every table says on what basis it is held and for how long', async () => {
  const without = [...(await readRegister())].filter(
    ([, { text }]) => !/^\*Basis\*: .{5,}\.$/m.test(text) || !/^\*Kept\*: .{3,}\.$/m.test(text),
  )
  expect(without.map(([table]) => table)).toEqual([])
})
