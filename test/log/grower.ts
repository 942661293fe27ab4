/**
 * A process that publishes entries, for tests that kill it or run it beside others.
 * Arguments: data folder, name of the run (entries of different runs differ), entries a step, steps (0: for ever).
 * Says "ready", then for every step the leaf hashes that are acknowledged as published, and the checkpoint's size and root.
 */
import { readConfig } from '#config.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { isAssayError } from '#domain/errors.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import type { Needs } from '#flows/needs.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { findLogEntry, insertLogEntry } from '#io/database/log/log-entries.ts'
import { findLogState } from '#io/database/log/log-state.ts'
import { openDatabase } from '#io/database/open.ts'

const [dataFolder = '', run = '', perStep = '1', steps = '0'] = process.argv.slice(2)
const config = readConfig({ ASSAY_DATA: dataFolder })
const { db, close } = await openDatabase(config)
const place = await openLogPlace(config)
const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Needs['journal']
const needs = { db, clock: { now: () => new Date() }, journal: silent, fetcher: {} as Needs['fetcher'] }
await openLog(needs, place)
process.stdout.write('ready\n')

for (let step = 0; steps === '0' || step < Number(steps); step++) {
  const hashes = await queue(step)
  while (!(await areOut(hashes))) {
    await extendLog(needs, place).catch((error: unknown) => {
      // the other process beside this one was quicker
      if (!isAssayError(error)) throw error
    })
  }
  const { number, publishedSize, root, size } = (await findLogState(db))!
  const out = hashes.map((hash) => Buffer.from(hash).toString('hex'))
  const seen = publishedSize === size ? Buffer.from(root).toString('hex') : ''
  process.stdout.write(`${JSON.stringify({ out, log: number, size: publishedSize, root: seen })}\n`)
}
await close()

async function queue(step: number): Promise<Uint8Array[]> {
  const entries = Array.from({ length: Number(perStep) }, (_, at) => {
    const bytes = new TextEncoder().encode(canonicalJson({ run, step, at }))
    return { bytes, leafHash: leafHash(bytes), kind: 'verdict' as const, claimReviewId: run as ClaimReviewId }
  })
  await db.transaction().execute(async (tx) => {
    for (const entry of entries) await insertLogEntry(tx, entry, new Date())
  })
  return entries.map((entry) => entry.leafHash)
}

async function areOut(hashes: Uint8Array[]): Promise<boolean> {
  const last = hashes.at(-1)
  return last === undefined || (await findLogEntry(db, last))?.state === 'published'
}
