/** `assay fsck`: the database against the log against the files; names what differs. Reads only. */
import { isAssayError, type Problem } from '#domain/errors.ts'
import { parseLogEntry } from '#domain/log-entry.ts'
import { parseBundle } from '#formats/tlog/bundles.ts'
import { leafHash, sameBytes } from '#formats/tlog/hash.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import { parseNote } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { bundlePath, bundlesOf, tileWidth } from '#formats/tlog/tiles.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'
import { verifyParts } from '#formats/tlog/verify-parts.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { listLogEntries } from '#io/database/log/log-entries.ts'
import { findLogState, type LogState } from '#io/database/log/log-state.ts'
import { type LogPlace, verifierPath } from '../log-place.ts'
import type { Needs } from '../needs.ts'

export interface FsckReport {
  /** Entries in the published log, and in those before it. */
  entries: number
  files: number
  problems: Problem[]
}

/** Differences named at most; a broken log has as many as entries. */
const problemsMax = 1_000

type FsckPlace = Pick<LogPlace, 'verifierOf' | 'filesOf' | 'policy'>

export async function fsck({ db }: Pick<Needs, 'db'>, place: FsckPlace): Promise<FsckReport> {
  const report: FsckReport = { entries: 0, files: 0, problems: [] }
  const state = await findLogState(db)
  if (state === null) return report
  for (let number = 1; number <= state.number; number++) {
    const published = await publishedOf({ db }, state, number)
    if (published === null) continue
    const found = await checkLog({ db }, place, number, published)
    report.entries += found.entries
    report.files += found.files
    report.problems.push(...found.problems)
  }
  report.problems.splice(problemsMax)
  return report
}

/** What the database says that the log's checkpoint is: of an earlier log it is the next one's first entry. Null: none is out. */
async function publishedOf(
  { db }: Pick<Needs, 'db'>,
  state: LogState,
  number: number,
): Promise<Uint8Array | null> {
  if (number === state.number)
    return state.publishedCheckpoint === null ? null : new TextEncoder().encode(state.publishedCheckpoint)
  const [first] = await listLogEntries(db, number + 1, 0, 1)
  return first?.bytes ?? new Uint8Array(0)
}

async function checkLog(
  needs: Pick<Needs, 'db'>,
  place: FsckPlace,
  number: number,
  published: Uint8Array,
): Promise<FsckReport> {
  const files = place.filesOf(number)
  const folder = number === 1 ? 'log' : `log/${number}`
  const problems: Problem[] = []
  const note = (path: string, message: string) => problems.push({ path: `${folder}/${path}`, message })

  const key = await place.verifierOf(number).catch((error: unknown) => {
    if (!isAssayError(error)) throw error
    note(verifierPath, error.message)
    return null
  })
  if (key === null) return { entries: 0, files: 0, problems }
  const kept = await files.read(verifierPath)
  if (kept !== null && new TextDecoder().decode(kept) !== `${formatVerifierKey(key)}\n`)
    note(verifierPath, 'it is not the key of this log')
  const cosigners = [...place.policy.witnesses.values()].flatMap(
    ({ key: witness }) => verifierOf(witness) ?? [],
  )
  const report = await verifyLog(files.read, [verifierOf(key)!, ...cosigners])
  if (report.problem !== null) note(report.problem.path, report.problem.message)
  const size = report.checkpoint?.size ?? 0
  if (report.problem === null) {
    const difference = differenceOf((await files.read('checkpoint'))!, published)
    if (difference !== null) note('checkpoint', difference)
    const parts = await verifyParts(files.read, await files.list('tile'), size)
    for (const { path, message } of parts.problems) note(path, message)
    report.files += parts.files
  }
  problems.push(...(await compareEntries(needs, files, number, size)))
  return { entries: report.entries, files: report.files, problems }
}

/** Also a lost or foreign signature is a difference; only in the next log's first entry there may be fewer. */
function differenceOf(bytes: Uint8Array, published: Uint8Array): string | null {
  if (sameBytes(bytes, published)) return null
  const [there, wanted] = [parseNote(bytes), parseNote(published)]
  if (!wanted.ok) return 'the database does not know it'
  if (!there.ok || there.value.text !== wanted.value.text) return 'it is another one than the database knows'
  return wanted.value.signatures.length === 1 ? null : 'its signatures are not those that the database knows'
}

/** Which review an entry of the log is about; null for the checkpoint that a later log begins with. */
function idIn(bytes: Uint8Array): string | null {
  const entry = parseLogEntry(bytes)
  return entry.ok ? entry.value.id : null
}

async function compareEntries(
  { db }: Pick<Needs, 'db'>,
  files: BlobStore,
  log: number,
  size: number,
): Promise<Problem[]> {
  const problems: Problem[] = []
  const nameOf = (index: number) => (log === 1 ? `log_entries[${index}]` : `log_entries[${log}, ${index}]`)
  for (const { index, width } of bundlesOf(size)) {
    const bytes =
      (await files.read(bundlePath(index, width))) ?? (await files.read(bundlePath(index, tileWidth)))
    const logged = bytes === null ? null : (parseBundle(bytes, width) ?? parseBundle(bytes, tileWidth))
    if (logged === null) continue
    const first = index * tileWidth
    const held = new Map(
      (await listLogEntries(db, log, first, first + width)).map((entry) => [entry.index, entry]),
    )
    for (let at = 0; at < width; at++) {
      const entry = held.get(first + at)
      const id = entry?.claimReviewId ?? idIn(logged[at]!)
      const about = id === null ? '' : ` (claim review ${id})`
      const message = entry
        ? sameBytes(entry.bytes, logged[at]!) && sameBytes(entry.leafHash, leafHash(logged[at]!))
          ? null
          : `entry ${first + at}${about} is not what the log holds`
        : `entry ${first + at}${about} is in the log but not in the database`
      if (message !== null) problems.push({ path: nameOf(first + at), message })
      if (problems.length >= problemsMax) return problems
    }
  }
  return problems
}
