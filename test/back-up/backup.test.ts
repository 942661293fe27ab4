/** One file that holds everything but what must not outlive its day, and the way back from it. */
import { randomBytes, randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openNeeds } from '#cli/open-needs.ts'
import { type Config, readConfig } from '#config.ts'
import { leftOutFolders } from '#flows/back-up/backup-contents.ts'
import { restoreBackup } from '#flows/back-up/restore-backup.ts'
import { writeBackup } from '#flows/back-up/write-backup.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import { rotateLog } from '#flows/extend-log/rotate-log.ts'
import { checkReviews } from '#flows/fsck/check-reviews.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { receiveTip } from '#flows/receive-tip/receive-tip.ts'
import { readBackupFile } from '#io/backup-file.ts'
import { getDatabaseIdentity } from '#io/database/claim-review-changes.ts'
import { dumpRows, isEmptyDatabase, listDumpedTables } from '#io/database/dump.ts'
import { type Database, openDatabase } from '#io/database/open.ts'
import { openJournal } from '#io/journal.ts'
import { createEngine } from '#matching/create-engine.ts'
import { endOf, start } from '../cli/processes.ts'
import { fillDesk } from '../desk/fill-desk.ts'
import { administer, freshDatabase, placeOf } from '../fresh-database.ts'
import { caseMaker } from '../publish/publish-desk.ts'

const database = await freshDatabase()
const scratch = mkdtempSync(join(tmpdir(), 'assay-backup-'))
const config = readConfig({ ASSAY_DATA: join(scratch, 'data'), ASSAY_URL: 'https://example.org' })
const file = join(scratch, 'everything.tar')
const secretText = 'The old mill in Amberfield pours salt into the river at night.'
let needs: DatabaseNeeds
/** The rows as they were when the backup was taken. */
let rows: Map<string, string[]>

const quiet = { signal: new AbortController().signal, progress: () => {} }
const back = (given: string, to: Partial<Config>) =>
  restoreBackup({ ...config, databaseUrl: null, ...to }, given, quiet)
const target = (name: string) => ({ dataFolder: join(scratch, name) })

async function rowsOf(db: Database): Promise<Map<string, string[]>> {
  return db.transaction().execute(async (tx) => {
    const found = new Map<string, string[]>()
    for (const table of await listDumpedTables(tx))
      found.set(table, (await Array.fromAsync(dumpRows(tx, table))).sort())
    return found
  })
}

async function publish(count: number): Promise<void> {
  const { rows: authors } = await sql<{ id: string; organisation_id: string; role: string }>`
    select id, organisation_id, role from people where organisation_id is not null order by email`.execute(
    needs.db,
  )
  const actorOf = (email: number) => {
    const { id, organisation_id, role } = authors[email]!
    return { personId: id, organisationId: organisation_id, role } as never
  }
  const [author, approver] = [actorOf(0), actorOf(1)]
  const make = caseMaker(needs.db, { ids: needs.ids, author, approver })
  for (let at = 0; at < count; at++) {
    const verdictId = await make.addVerdict(await make.addCase(await make.addRumour()))
    await publishVerdict(needs, author, verdictId)
  }
  while ((await extendLog(needs, needs.log)) === 'published');
}

beforeAll(async () => {
  ;({ needs } = await openNeeds(config, { database, journal: openJournal('silent') }))
  await fillDesk(needs)
  await openLog(needs, needs.log)
  await publish(3)
  await rotateLog(needs, needs.log, null)
  await publish(2)
  const tip = { text: secretText, links: [], lang: 'en', country: null, seen: null, doubt: null }
  const pass = { proof: null, ticket: null }
  await receiveTip(
    { ...needs, engine: createEngine() } as never,
    { ...tip, clientId: randomUUID(), pass, unanswered: true } as never,
  )
  await needs.captures.create('ab/abcdef', randomBytes(70_000))
  writeFileSync(join(config.dataFolder, 'competence.json'), '{}')
  rows = await rowsOf(needs.db)
  await writeBackup(needs, file, { withSecrets: true, progress: () => {} })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('a backup', () => {
  test('brings back every row, every file and both logs, under a new identity', async () => {
    await publish(1)
    const { head } = await back(file, target('restored'))
    expect(head.log).toEqual({ number: 2, origin: 'example.org/log/2', size: 3 })
    const there = { ...config, ...target('restored'), databaseUrl: null }
    const { db, close } = await openDatabase(there)
    try {
      expect(await rowsOf(db)).toEqual(rows)
      expect(await getDatabaseIdentity(db)).not.toBe(await getDatabaseIdentity(needs.db))
      for (const path of ['captures/ab/abcdef', 'secret', 'log-key', 'log-key-2', 'competence.json'])
        expect(readFileSync(join(there.dataFolder, path))).toEqual(
          readFileSync(join(config.dataFolder, path)),
        )
      const place = await openLogPlace(there)
      await openLog({ db }, place)
      expect((await fsck({ db }, place)).problems).toEqual([])
      expect(await checkReviews({ db, config: there })).toEqual([])

      // the log has gone on since: the world has seen more than this database knows
      cpSync(join(config.dataFolder, 'log'), join(there.dataFolder, 'log'), { recursive: true })
      await expect(openLog({ db }, place)).rejects.toThrow(/has 4 entries, the database only 3/)
    } finally {
      await close()
    }
  })

  test('is for its owner only, and holds neither what tips are opened with, nor sessions, nor the index', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const [day] = readdirSync(join(config.dataFolder, 'fading-keys'))
    const fading = readFileSync(join(config.dataFolder, 'fading-keys', day!)).subarray(26, 58)
    for await (const { name, bytes } of readBackupFile(file)) {
      expect(name).not.toMatch(/^(fading-keys|index|postgres)|sessions/)
      const plain = Buffer.from(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)
      expect(plain.includes('Amberfield')).toBe(false)
      expect(plain.includes(fading)).toBe(false)
      expect(plain.includes(fading.toString('hex'))).toBe(false)
    }
  })

  test('knows every name in the data folder: it is in it, or left out on purpose', async () => {
    const members = (await Array.fromAsync(readBackupFile(file))).map(({ name }) => name.split('/')[0]!)
    const known = new Set<string>([...members, ...leftOutFolders])
    expect(readdirSync(config.dataFolder).filter((name) => !known.has(name))).toEqual([])
  })

  test('leaves the secrets out when told to', async () => {
    const bare = join(scratch, 'bare.tar')
    await writeBackup(needs, bare, { withSecrets: false, progress: () => {} })
    const names = (await Array.fromAsync(readBackupFile(bare))).map(({ name }) => name)
    expect(names.filter((name) => /secret|log-key/.test(name))).toEqual([])
    expect(names).toContain('log/2/checkpoint')
  })

  test('takes the place of no other file', async () => {
    await expect(writeBackup(needs, file, { withSecrets: true, progress: () => {} })).rejects.toThrow(
      'is there already',
    )
  })
})

/** An empty database of the run's server, as an operator writes it in DATABASE_URL. */
async function emptyServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { admin, run } = inject('testDatabases')
  const name = `${run}_restored`
  await administer(admin, `create database ${name} template template0 encoding 'UTF8'`)
  const place = placeOf(admin, name)
  const url =
    'url' in place ? place.url : `postgres://${place.user}@${encodeURIComponent(place.socketFolder)}/${name}`
  return {
    url,
    drop: async () => {
      await administer(admin, `drop database ${name} with (force)`)
    },
  }
}

test('it goes into the database of DATABASE_URL as well: whole, once, and after a kill as if nothing had been', async () => {
  const { url, drop } = await emptyServerDatabase()
  const { dataFolder } = target('beside-server')
  const settings = { ASSAY_DATA: dataFolder, DATABASE_URL: url, ASSAY_URL: config.publicUrl }
  const opened = async <T>(look: (db: Database) => Promise<T>): Promise<T> => {
    const { db, close } = await openDatabase({ dataFolder, databaseUrl: url })
    return look(db).finally(close)
  }
  try {
    const child = start(['restore', file], settings)
    child.stderr!.once('data', () => child.kill('SIGKILL'))
    await endOf(child)
    expect(child.signalCode).toBe('SIGKILL')
    expect(existsSync(dataFolder)).toBe(false)
    expect(await opened(isEmptyDatabase)).toBe(true)

    await back(file, { dataFolder, databaseUrl: url })
    const place = await openLogPlace({ ...config, dataFolder })
    expect(await opened(async (db) => (await fsck({ db }, place)).problems)).toEqual([])
    expect(await opened(rowsOf)).toEqual(rows)
    expect(existsSync(join(dataFolder, 'postgres'))).toBe(false)
    const again = back(file, { ...target('second'), databaseUrl: url })
    await expect(again).rejects.toThrow('holds rows already')
    expect(existsSync(join(scratch, 'second'))).toBe(false)
    expect(await opened(rowsOf)).toEqual(rows)
  } finally {
    await drop()
  }
})

describe('nothing is restored', () => {
  test('from a file with one flipped bit, or cut at any length', async () => {
    const whole = readFileSync(file)
    const damaged = join(scratch, 'damaged.tar')
    for (let at = 0; at < 200; at++) {
      const place = Math.floor((whole.length * at) / 200)
      const flipped = Buffer.from(whole)
      flipped[place]! ^= 1 << (at % 8)
      writeFileSync(damaged, at % 2 ? flipped : whole.subarray(0, place))
      await expect(back(damaged, target('none'))).rejects.toThrow('is no whole backup')
    }
    writeFileSync(damaged, Buffer.concat([whole, Buffer.alloc(512)]))
    await expect(back(damaged, target('none'))).rejects.toThrow('is no whole backup')
    expect(existsSync(join(scratch, 'none'))).toBe(false)
  })

  test('into a folder that holds anything', async () => {
    await expect(back(file, { dataFolder: config.dataFolder })).rejects.toThrow('is not empty')
  })

  test('of a newer Assay', async () => {
    await sql`insert into schema_migrations (version, name, checksum) values (9999, '9999-later.sql', 'later')`.execute(
      needs.db,
    )
    const later = join(scratch, 'later.tar')
    await writeBackup(needs, later, { withSecrets: true, progress: () => {} })
    await sql`delete from schema_migrations where version = 9999`.execute(needs.db)
    await expect(back(later, target('none'))).rejects.toThrow('of a newer Assay (step 9999-later.sql)')
  })

  test('by halves: killed at any point, the folder is there whole or not at all', async () => {
    const { dataFolder } = target('killed')
    for (const ms of [100, 900, 2_000]) {
      const child = start(['restore', file], { ASSAY_DATA: dataFolder })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const timer = setTimeout(() => child.kill('SIGKILL'), ms)
      await ended
      clearTimeout(timer)
      if (existsSync(dataFolder)) break
    }
    if (!existsSync(dataFolder)) await back(file, { dataFolder })
    const { db, close } = await openDatabase({ dataFolder, databaseUrl: null })
    expect(await rowsOf(db)).toEqual(rows)
    await close()
    const left = readdirSync(scratch).filter((name) => name.endsWith('.part'))
    expect(left).toEqual([])
  })
})
