/** The other process of the fresh part: keeps its index current and says when it holds as many reviews as it was told to wait for. */
import { setTimeout as after } from 'node:timers/promises'
import { readConfig } from '#config.ts'
import { keepIndexCurrent } from '#flows/keep-index-current/keep-index-current.ts'
import { openDatabase } from '#io/database/open.ts'
import { openJournal } from '#io/journal.ts'
import { createMetrics } from '#io/metrics.ts'

const config = readConfig({ ASSAY_DATA: process.argv[2]! })
const journal = openJournal('error')
const database = await openDatabase(config, { journal })
const clock = { now: () => new Date() }
const needs = { config, db: database.db, journal, metrics: createMetrics(), clock, embedder: null }
const live = await keepIndexCurrent(needs, database.listen)
await live.caughtUp
process.on('message', (size: number) => void sayWhen(size))
process.once('disconnect', () => void live.stop().then(database.close))
process.send!('ready')

async function sayWhen(size: number): Promise<void> {
  process.send!('waiting')
  while (live.engine.size < size) await after(1)
  process.send!('found')
}
