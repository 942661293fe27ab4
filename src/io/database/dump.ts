/**
 * All rows of all tables as lines of JSON, and back: what a backup holds of the database, whichever server it is on.
 * Columns go by their names. Read in one transaction it is one moment; written in one it is there whole or not at all.
 */
import { type RawBuilder, sql } from 'kysely'
import { AssayError } from '#domain/errors.ts'
import type { Migration } from './connection/migrate.ts'
import type { Database, Tx } from './schema.ts'

/**
 * Not in a dump: what the steps themselves write; what tells this database from its own copy; sessions, because one that
 * was ended after the dump must not come back to life.
 */
const leftOut = ['schema_migrations', 'database_identity', 'sessions']

/** Rows fetched at a time, and put in at a time. */
const rowsMax = 200
/** Characters of the rows put in at a time. */
const charactersMax = 4_000_000

export type DumpedStep = Pick<Migration, 'version' | 'name' | 'checksum'>

/** The steps that made this database what it is, in their order. */
export async function listSteps(db: Database): Promise<DumpedStep[]> {
  const { rows } = await sql<DumpedStep>`
    select version, name, checksum from schema_migrations order by version`.execute(db)
  return rows
}

export async function listDumpedTables(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all(${leftOut}::text[])
    order by table_name`.execute(db)
  return rows.map((row) => row.name)
}

/** One line for each row of a table, in no order. */
export async function* dumpRows(tx: Tx, table: string): AsyncGenerator<string> {
  const cursor = sql.ref(`dump_${table}`)
  const from = sql.table(`public.${table}`)
  await sql`declare ${cursor} no scroll cursor for select row_to_json(t)::text as line from ${from} t`.execute(
    tx,
  )
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(rowsMax)} from ${cursor}`.execute(tx)
    for (const { line } of rows) yield line
    if (rows.length < rowsMax) break
  }
  await sql`close ${cursor}`.execute(tx)
}

/**
 * Lets rows in, in any order of tables: references are looked at in the end, and rules that were kept when the rows were
 * first written are not asked again. Before that, every table is emptied of what the steps wrote.
 */
export async function prepareLoad(tx: Tx): Promise<void> {
  const tables = await listDumpedTables(tx)
  await sql`truncate ${tableList([...tables, 'sessions'])}`.execute(tx)
  for (const table of tables)
    await sql`alter table ${sql.table(`public.${table}`)} disable trigger user`.execute(tx)
  for (const { table, name } of await listReferences(tx))
    await sql`alter table ${sql.table(table)} alter constraint ${sql.ref(name)} deferrable initially deferred`.execute(
      tx,
    )
}

/** @throws conflict when a reference leads nowhere */
export async function finishLoad(tx: Tx): Promise<void> {
  try {
    await sql`set constraints all immediate`.execute(tx)
  } catch (cause) {
    throw new AssayError('conflict', 'The rows of the backup do not go together; take another one.', {
      cause,
    })
  }
  for (const { table, name } of await listReferences(tx))
    await sql`alter table ${sql.table(table)} alter constraint ${sql.ref(name)} not deferrable`.execute(tx)
  for (const table of await listDumpedTables(tx))
    await sql`alter table ${sql.table(`public.${table}`)} enable trigger user`.execute(tx)
}

/** Resolves to the number of rows that were put in. */
export async function loadRows(tx: Tx, table: string, lines: readonly string[]): Promise<number> {
  const into = sql.table(`public.${table}`)
  let loaded = 0
  for (let at = 0; at < lines.length; ) {
    let characters = 0
    const some: string[] = []
    while (at < lines.length && some.length < rowsMax && characters < charactersMax) {
      characters += lines[at]!.length
      some.push(lines[at++]!)
    }
    const { numAffectedRows } = await sql`
      insert into ${into} select * from json_populate_recordset(null::${into}, ${`[${some.join(',')}]`}::json)`.execute(
      tx,
    )
    loaded += Number(numAffectedRows ?? 0)
  }
  return loaded
}

/** Whether nothing was ever stored: no table, or none with a row of its own. */
export async function isEmptyDatabase(db: Database): Promise<boolean> {
  for (const table of await listDumpedTables(db)) {
    const from = sql.table(`public.${table}`)
    const rule = table === 'change_counters' ? sql`where value > 0` : sql``
    const { rows } = await sql`select 1 from ${from} ${rule} limit 1`.execute(db)
    if (rows.length > 0) return false
  }
  return true
}

async function listReferences(tx: Tx): Promise<{ table: string; name: string }[]> {
  const { rows } = await sql<{ table: string; name: string }>`
    select 'public.' || c.relname as table, r.conname as name from pg_constraint r
    join pg_class c on c.oid = r.conrelid join pg_namespace n on n.oid = c.relnamespace
    where r.contype = 'f' and n.nspname = 'public' order by 1, 2`.execute(tx)
  return rows
}

function tableList(tables: string[]): RawBuilder<unknown> {
  return sql.join(tables.map((table) => sql.table(`public.${table}`)))
}
