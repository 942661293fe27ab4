/** A disk without room, by a real small one that only the process tried on it sees. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const scratch = mkdtempSync(join(tmpdir(), 'assay-full-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const root = fileURLToPath(new URL('../..', import.meta.url))
const disk = ['--user', '--map-root-user', '--mount']
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', [...disk, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

/** Runs the lines of a module on a disk of this size, which `folder` names; what they give to `say` comes back. */
function on(size: string, lines: string): unknown[] {
  const module = `const folder = ${JSON.stringify(scratch)}
    const said = []
    const say = (value) => said.push(value instanceof Error ? [value.code, value.message] : value)
    ${lines}
    console.log(JSON.stringify(said))`
  const script = `mount -t tmpfs -o size=${size} none "$1" && "$2" --input-type=module -e "$3"`
  const { stdout, stderr } = spawnSync(
    'unshare',
    [...disk, 'sh', '-c', script, 'sh', scratch, process.execPath, module],
    { cwd: root, encoding: 'utf8' },
  )
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as unknown[]
}

const full = ['unavailable', 'The disk that holds the data folder is full; free some space, then try again.']

test.runIf(canMount)(
  'a lost embedded database is told as a full disk where there is no room, and only there',
  () => {
    const lines = `
    const { unavailableOf } = await import('#io/database/connection/unavailable.ts')
    const place = { socketFolder: '/run', user: 'a', database: 'b', dataFolder: folder }
    const lost = Object.assign(new Error('connect ENOENT /run/.s.PGSQL.5432'), { code: 'ENOENT' })
    say(unavailableOf(lost, place))
    say(unavailableOf(lost, { url: 'postgres://elsewhere/' }))
    say(unavailableOf(Object.assign(new Error('could not extend file'), { code: '53100' }), place))`
    const away = ['unavailable', 'The database is not reachable; try again shortly.']
    expect(on('15m', lines)).toEqual([full, away, full])
    expect(on('30m', lines)).toEqual([away, away, full])
  },
)

test.runIf(canMount)(
  'what does not fit on the disk is refused in a sentence, and nothing of it is left',
  () => {
    const said = on(
      '64k',
      `
    const { openDiskBlobs } = await import('#io/blobs/disk.ts')
    const { openFadingKeys } = await import('#io/fading-keys.ts')
    const { startNewFolder } = await import('#io/new-folder.ts')
    const { startBackupFile } = await import('#io/backup-file.ts')
    const { readdirSync } = await import('node:fs')
    const big = new Uint8Array(100_000)
    await openDiskBlobs(folder).create('kept/blob', big).catch(say)
    const made = await startNewFolder(folder + '/out')
    await made.write('file', big).catch(say)
    await made.discard()
    const backup = await startBackupFile(folder + '/backup')
    await backup.add('file', big).catch(say)
    await backup.discard()
    const keys = openFadingKeys({ dataFolder: folder })
    let count = 0
    for (let failed = false; !failed && count < 5_000; count++)
      await keys.make('2026-01-02', String(count).padStart(26, '0')).catch((error) => { failed = true; say(error) })
    const last = String(count - 2).padStart(26, '0')
    say([...(await keys.find('2026-01-02', [last])).keys()].length)
    say(readdirSync(folder, { recursive: true }).sort())`,
    )
    const elsewhere = [
      'unavailable',
      `The disk that holds ${scratch} is full; free some space, then try again.`,
    ]
    expect(said).toEqual([
      full,
      elsewhere,
      elsewhere,
      full,
      1,
      ['fading-keys', 'fading-keys/2026-01-02', 'kept'],
    ])
  },
)
