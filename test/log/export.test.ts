/** The log leaves with everything else, and is checked without the site that it came from. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { verify } from '#cli/log/verify.ts'
import { readConfig } from '#config.ts'
import { exportData } from '#flows/export-data/export-data.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { freshDatabase } from '../fresh-database.ts'
import { openPublishDesk } from '../publish/publish-desk.ts'
import { flipEachFile, seeded } from './flip-bits.ts'
import { LogDesk } from './log-desk.ts'

const run = promisify(execFile)
const checker = fileURLToPath(new URL('../../bin/assay-verify.js', import.meta.url))
const { db } = await freshDatabase()
const folder = mkdtempSync(join(tmpdir(), 'assay-export-'))
const log = await LogDesk.open(db)
afterAll(async () => {
  await log.close()
  rmSync(folder, { recursive: true })
})

/** What the small checker says, and its exit code. */
async function check(...args: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [checker, ...args])
    return { code: 0, said: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}

test('each document leaves with its salt and its entry, which is the digest of both', async () => {
  const desk = await openPublishDesk(db)
  const { claimReviewId } = await publishVerdict(
    desk.needs,
    desk.author,
    await desk.addVerdict(await desk.addCase()),
  )
  await log.begin()
  await log.settle()
  const target = join(folder, 'documents')
  const config = readConfig({ ASSAY_DATA: folder })
  await exportData({ ...log.needs(), config, log: log.place }, target)
  const lines = readFileSync(join(target, 'publications.jsonl'), 'utf8').trim().split('\n')
  const [one] = lines.map((line) => JSON.parse(line) as Record<string, string>)
  expect(one).toMatchObject({ id: claimReviewId, version: 1, log: 'example.org/log', index: 0 })
  const salted = Buffer.concat([Buffer.from(one!.salt!, 'hex'), Buffer.from(one!.document!)])
  const sha256 = createHash('sha256').update(salted).digest('hex')
  expect(JSON.parse(one!.entry!)).toMatchObject({ id: claimReviewId, sha256 })
})

test('an exported log is whole and is checked by the small checker alone', async () => {
  await log.begin()
  await log.queue(300)
  await log.settle()
  const target = join(folder, 'out')
  const config = readConfig({ ASSAY_DATA: folder })
  const { logFiles } = await exportData({ ...log.needs(), config, log: log.place }, target)
  expect(logFiles).toBeGreaterThan(4)

  const vkey = formatVerifierKey(log.verifier)
  expect(await check(join(target, 'log'), '--vkey', vkey)).toMatchObject({
    code: 0,
    said: expect.stringContaining('301 entries'),
  })
  writeFileSync(join(target, 'log/tile/entries/000'), 'touched')
  expect(await check(join(target, 'log'), '--vkey', vkey)).toMatchObject({
    code: 1,
    said: expect.stringContaining('tile/entries/000'),
  })
  expect((await check(join(target, 'nowhere'), '--vkey', vkey)).code).toBe(1)
  expect((await check(join(target, 'log'))).code).toBe(2)
})

test('one flipped bit in any file of a folder is found by the checker too, and the file is named', async () => {
  const lines: string[] = []
  const outside = {
    out: () => {},
    note: (line: string) => lines.push(line),
    readerAt: () => async () => null,
  }
  const at = join(log.folder, 'log')
  const vkey = [formatVerifierKey(log.verifier)]
  for (const count of [1, 2, 255, 1]) {
    await log.queue(count)
    await log.settle()
  }
  expect(await verify(outside, at, { vkey, old: [] })).toBe(true)
  const flips = await flipEachFile(at, seeded(11), async () => {
    lines.length = 0
    await verify(outside, at, { vkey, old: [] })
    return lines.map((line) => /^assay: (\S+): /.exec(line)?.[1] ?? line)
  })
  expect(flips).toMatchObject({ missed: [], named: flips.files })
  expect(flips.files).toBeGreaterThan(8)
})
