/**
 * Brings a database to the shape that this version of Assay works with: forward only, one SQL file a step, each in its
 * own transaction, one process at a time. A step that has run never changes: its checksum is kept.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { AssayError } from '#domain/errors.ts'
import { clientOptionsOf, type Place } from './pool.ts'
import { unavailableOf } from './unavailable.ts'

/** One file of migrations/: `0001-reviews.sql` is version 1. */
export interface Migration {
  version: number
  name: string
  sql: string
  checksum: string
}

export interface Migrated {
  /** Names of the steps that this call ran, in order. */
  ran: string[]
  version: number
}

/** Any number that no other program uses on the same database; all migrating processes queue up behind it. */
const lockKey = 4_101_870_001

const migrationsFolder = new URL('../migrations/', import.meta.url)

export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8')
      return {
        version: Number(name.slice(0, 4)),
        name,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      }
    }),
  )
}

/**
 * Runs what is missing; a second call does nothing.
 * @throws conflict when the database was made by a newer Assay, or a step that it ran is another here
 * @throws unavailable when it cannot be reached
 */
export async function migrate(place: Place, migrations?: Migration[]): Promise<Migrated> {
  const steps = migrations ?? (await readMigrations())
  const client = new pg.Client(clientOptionsOf(place))
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [lockKey])
    return await runMissing(client, steps)
  } catch (error) {
    throw unavailableOf(error, place) ?? error
  } finally {
    // Ending the connection gives the lock back.
    await client.end().catch(() => {})
  }
}

async function runMissing(client: pg.Client, steps: Migration[]): Promise<Migrated> {
  await client.query(`create table if not exists schema_migrations (
    version integer primary key, name text not null, checksum text not null, run_at timestamptz not null default now())`)
  const { rows } = await client.query<{ version: number; checksum: string }>(
    'select version, checksum from schema_migrations order by version',
  )
  const done = new Map(rows.map((row) => [row.version, row.checksum]))
  refuseUnknown(done, steps)
  const ran: string[] = []
  for (const step of steps) {
    if (done.has(step.version)) continue
    await runStep(client, step)
    ran.push(step.name)
  }
  return { ran, version: steps.at(-1)?.version ?? 0 }
}

function refuseUnknown(done: Map<number, string>, steps: Migration[]): void {
  const known = new Map(steps.map((step) => [step.version, step]))
  for (const [version, checksum] of done) {
    const step = known.get(version)
    if (!step) {
      throw new AssayError(
        'conflict',
        `The database is of a newer Assay (step ${version}; this one knows ${steps.length}); start that version, or a newer one.`,
      )
    }
    if (step.checksum !== checksum) {
      throw new AssayError(
        'conflict',
        `The database was made by another build of Assay (step ${step.name} differs); start that build, or use a new data folder.`,
      )
    }
  }
}

async function runStep(client: pg.Client, step: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(step.sql)
    await client.query('insert into schema_migrations (version, name, checksum) values ($1, $2, $3)', [
      step.version,
      step.name,
      step.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    // The first error is the one to tell; a connection that is gone has rolled back by itself.
    await client.query('rollback').catch(() => {})
    throw error
  }
}
