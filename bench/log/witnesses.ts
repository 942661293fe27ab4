/**
 * A log with a witness process beside it and a quorum of one: every checkpoint is cosigned; while the witness is away
 * nothing is shown as logged; back, all is caught up; a rollback and a fork are refused. Prints one JSON object.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openNote } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { joinServer } from '#io/database/embedded/server.ts'
import { findLogState } from '#io/database/log/log-state.ts'
import { openDatabaseAt } from '#io/database/open.ts'
import { LogDesk } from '../../test/log/log-desk.ts'
import { openWitnessFetcher, submit, Witness, witnessKey } from '../../test/log/witness.ts'

const { values } = parseArgs({ options: { checkpoints: { type: 'string', default: '50' } } })
const folder = await mkdtemp(join(tmpdir(), 'assay-witnesses-'))
const server = await joinServer(folder)
const { db, close } = await openDatabaseAt(server.place)
const fetcher = openWitnessFetcher()
const log = await LogDesk.open(db)
const seen = join(folder, 'seen.json')
await log.begin()

const counts = { checkpoints: 0, cosigned: 0, entries: 0, waiting: 0, shown_while_away: 0 }

/** Steps until nothing waits, and counts who has signed what went out. */
async function settle(): Promise<void> {
  while ((await log.step(null, fetcher)) === 'published') {
    await log.look()
    counts.checkpoints++
    const keys = [verifierOf(log.verifier)!, verifierOf(witnessKey)!]
    const note = openNote((await log.files.read('checkpoint'))!, keys)
    if (note.ok && note.value.verified.length === 2) counts.cosigned++
  }
}

let witness = await Witness.start(log, seen)
for (let at = 0; at < Number(values.checkpoints); at++) {
  await log.queue(1 + (at % 7))
  await settle()
}
const before = await log.look()
await witness.stop()
for (let at = 0; at < 20; at++) {
  await log.queue(3)
  if ((await log.step(null, fetcher)) === 'waiting') counts.waiting++
  if ((await log.look()) > before) counts.shown_while_away++
}
witness = await Witness.start(log, seen)
await settle()
counts.entries = await log.look()

const { size, root } = (await findLogState(db))!
const other = new Uint8Array(32).fill(1)
const send = async (given: Parameters<typeof submit>[2]) =>
  (await submit(fetcher, { log, url: witness.url }, given)).status
const refused = {
  rollback: await send({ oldSize: size, size: size - 1, root }),
  forgotten: await send({ oldSize: 0, size: size - 1, root }),
  fork: await send({ oldSize: size, size: size + 1, root: other, proof: [other, other] }),
  other_root: await send({ oldSize: size, size, root: other }),
}
const problems = await log.fsckProblems()
const lost = before + 60 - counts.entries
process.stdout.write(`${JSON.stringify({ ...counts, lost, refused, problems }, null, 2)}\n`)
await witness.stop()
await fetcher.close()
await log.close()
await close()
await server.leave()
await rm(folder, { recursive: true, force: true })
const isRight = counts.cosigned === counts.checkpoints && counts.shown_while_away === 0 && lost === 0
process.exitCode = isRight && problems.length === 0 ? 0 : 1
