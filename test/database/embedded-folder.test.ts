/** The embedded server's folder: what cannot be used is refused in one clear sentence, and nothing is half-made. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isAssayError } from '#domain/errors.ts'
import { findBinaries } from '#io/database/embedded/binaries.ts'
import { prepareCluster } from '#io/database/embedded/cluster.ts'
import { failureOfOutput } from '#io/database/embedded/failures.ts'
import { postmasterState, startPostmaster, stopPostmaster } from '#io/database/embedded/postmaster.ts'
import { openDatabase } from '#io/database/open.ts'

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const program = fileURLToPath(new URL('./using-process.ts', import.meta.url))
const asRoot = process.getuid?.() === 0

/** A data folder that several tests use, each leaving it as it was; the last of them makes it too new to open. */
const made = mkdtempSync(join(tmpdir(), 'assay-folder-'))
afterAll(() => rmSync(made, { recursive: true, force: true }))

let scratch = ''
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'assay-folder-'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

function open(dataFolder: string) {
  return openDatabase({ dataFolder, databaseUrl: null })
}

async function refusalOf(dataFolder: string): Promise<string> {
  const error = await open(dataFolder).then(
    async ({ close }) => close(),
    (thrown: unknown) => thrown,
  )
  if (!isAssayError(error)) throw new Error('it was opened, or failed without a sentence', { cause: error })
  expect(error.message).toMatch(/^[^\n]+[.]$/)
  return `${error.code}: ${error.message}`
}

/** The suite that runs on a server PostgreSQL has nothing of its own to say here. */
const embedded = !process.env.ASSAY_TEST_DATABASE_URL

describe.runIf(embedded)('the embedded server', () => {
  test('it writes through to the disk, and only its own user reaches it, by a socket', async () => {
    const { pool, close } = await open(made)
    const { rows } = await pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
     where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses') order by name`,
    )
    await close()
    expect(rows.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      'fsync=on',
      'full_page_writes=on',
      'listen_addresses=',
      'synchronous_commit=on',
    ])
    expect(statSync(join(made, 'postgres')).mode & 0o077).toBe(0)
    expect(statSync(join(made, 'postgres', 'run')).mode & 0o077).toBe(0)
  })

  test('a path too long for a socket works all the same', async () => {
    const deep = join(scratch, 'a'.repeat(60), 'b'.repeat(60))
    const { pool, close } = await open(deep)
    const { rows } = await pool.query<{ folder: string }>(
      `select setting as folder from pg_settings where name = 'unix_socket_directories'`,
    )
    await close()
    expect(rows[0]!.folder.startsWith(deep)).toBe(false)
    expect(readdirSync(rows[0]!.folder)).toEqual([])
    rmSync(rows[0]!.folder, { recursive: true })
  })

  test('a data folder of another PostgreSQL is refused and left as it was', async () => {
    const { close } = await open(made)
    await close()
    const version = join(made, 'postgres', 'data', 'PG_VERSION')
    const before = readFileSync(version)
    writeFileSync(version, '14\n')
    expect(await refusalOf(made)).toMatch(/^conflict: .* of PostgreSQL 14, .* restore that here/)
    writeFileSync(version, before)
  })

  test('a file where the folder should be is said', async () => {
    const path = join(scratch, 'data')
    writeFileSync(path, '')
    expect(await refusalOf(path)).toMatch(/^invalid: .* is not a folder; set ASSAY_DATA/)
  })

  test.runIf(!asRoot)('a folder that this user cannot write is said', async () => {
    chmodSync(scratch, 0o500)
    expect(await refusalOf(join(scratch, 'data'))).toMatch(/^forbidden: .* cannot be written by this user/)
  })

  test('a number that another process has by now does not keep the server from starting', async () => {
    const first = await open(made)
    await first.close()
    const file = join(made, 'postgres', 'data', 'postmaster.pid')
    writeFileSync(
      file,
      `${process.pid}\n${made}/postgres/data\n1700000000\n5432\n${made}/postgres/run\n\n  1 1\nready\n`,
    )
    const again = await open(made)
    await again.close()
    expect(existsSync(file)).toBe(false)
  })

  test('a data folder of a newer Assay is refused, and its server is not left running', async () => {
    const { pool, close } = await open(made)
    await pool.query(
      `insert into schema_migrations (version, name, checksum) values (9001, '9001-later.sql', '')`,
    )
    await close()
    expect(await refusalOf(made)).toMatch(/^conflict: The database is of a newer Assay/)
    expect(postmasterState({ data: join(made, 'postgres', 'data') })).toEqual({ state: 'stopped' })
  })

  test('what an interrupted first start left behind is removed by the next', async () => {
    const ended = spawnSync(process.execPath, ['--version']).pid
    mkdirSync(join(scratch, 'postgres', `new-${ended}-00000000`), { recursive: true })
    const { close } = await open(scratch)
    await close()
    expect(readdirSync(join(scratch, 'postgres')).toSorted()).toEqual([
      'data',
      'journal.txt',
      'present',
      'run',
    ])
  })

  test.runIf(asRoot)('where user namespaces are forbidden, root starts it as nobody', async () => {
    chmodSync(scratch, 0o755)
    const cluster = await prepareCluster(scratch, await findBinaries(), () => false)
    expect(cluster.user.switchTo?.uid).toBe(65_534)
    startPostmaster(cluster)
    await vi.waitFor(() => expect(postmasterState(cluster)).toMatchObject({ ready: true }), {
      timeout: 20_000,
    })
    const { pid } = postmasterState(cluster) as { pid: number }
    expect(statSync(`/proc/${pid}`).uid).toBe(65_534)
    await stopPostmaster(cluster)
    // From now on it is nobody's, also where namespaces are allowed.
    const { close } = await open(scratch)
    await close()
  })

  test.runIf(asRoot)('where nobody cannot reach the folder, root is told', async () => {
    chmodSync(scratch, 0o700)
    const failed = prepareCluster(join(scratch, 'data'), await findBinaries(), () => false)
    await expect(failed).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('/var/lib/assay'),
    })
  })

  const disk = ['--user', '--map-root-user', '--mount']
  const canMount =
    process.platform === 'linux' &&
    spawnSync('unshare', [...disk, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

  test.runIf(canMount)('a disk too small for the database is said, and nothing half-made is left', () => {
    const script = `mount -t tmpfs -o size=8m none "$1" && "$2" "$3" hold "$1/data" </dev/null; ls "$1/data/postgres"`
    const { stdout, stderr } = spawnSync(
      'unshare',
      [...disk, 'sh', '-c', script, 'sh', scratch, node, program],
      {
        encoding: 'utf8',
      },
    )
    expect(stderr).toMatch(/AssayError: The disk that holds .* is full; free some space, then try again\./)
    expect(stdout.trim()).toBe('run')
  })

  test.each([
    [
      'FATAL:  could not write lock file "postmaster.pid": No space left on device',
      'unavailable',
      /disk .* is full/,
    ],
    ['FATAL:  data directory "/d" has wrong ownership', 'forbidden', /data folder/],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'unavailable', /memory/],
    ['PANIC:  could not locate a valid checkpoint record', 'unavailable', /did not start: could not locate/],
    ['', 'unavailable', /gave no reason/],
  ])('the server saying %o is told in a sentence', (output, code, message) => {
    expect(failureOfOutput(output, '/data')).toMatchObject({ code, message: expect.stringMatching(message) })
  })
})
