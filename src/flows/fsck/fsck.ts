/** `assay fsck`: the database against the log against the files; names what differs. Reads only. */
import type { Problem } from '#domain/errors.ts'
import { parseBundle } from '#formats/tlog/bundles.ts'
import { leafHash, sameBytes } from '#formats/tlog/hash.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { bundlePath, bundlesOf, tileWidth } from '#formats/tlog/tiles.ts'
import { verifyLog } from '#formats/tlog/verify-log.ts'
import { findLogState, listLogEntries } from '#io/database/log/log-entries.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'

export interface FsckReport {
  /** Entries in the published log. */
  entries: number
  files: number
  problems: Problem[]
}

/** Differences named at most; a broken log has as many as entries. */
const problemsMax = 1_000

export async function fsck(
  { db }: Pick<Needs, 'db'>,
  place: Pick<LogPlace, 'verifier' | 'files'>,
): Promise<FsckReport> {
  const state = await findLogState(db)
  if (state === null || state.publishedCheckpoint === null) return { entries: 0, files: 0, problems: [] }
  const report = await verifyLog(place.files.read, [verifierOf(place.verifier)!])
  const problems: Problem[] = []
  if (report.problem !== null) problems.push({ ...report.problem, path: `log/${report.problem.path}` })
  const published = report.checkpoint
  if (published !== null && published.size > state.size) {
    problems.push({
      path: 'log/checkpoint',
      message: `the published log has ${published.size} entries, the database ${state.size}: the database is older`,
    })
  }
  for (const { index, width } of bundlesOf(Math.min(state.publishedSize, published?.size ?? 0))) {
    const path = bundlePath(index, width)
    const bytes = (await place.files.read(path)) ?? (await place.files.read(bundlePath(index, tileWidth)))
    const logged = bytes === null ? null : (parseBundle(bytes, width) ?? parseBundle(bytes, tileWidth))
    if (logged === null) continue
    const first = index * tileWidth
    const held = new Map(
      (await listLogEntries(db, first, first + width)).map((entry) => [entry.index, entry]),
    )
    for (let at = 0; at < width; at++) {
      const entry = held.get(first + at)
      const message = entry
        ? sameBytes(entry.bytes, logged[at]!) && sameBytes(entry.leafHash, leafHash(logged[at]!))
          ? null
          : `entry ${first + at} (claim review ${entry.claimReviewId}) is not what the log holds`
        : `entry ${first + at} is in the log but not in the database`
      if (message !== null) problems.push({ path: `log_entries[${first + at}]`, message })
      if (problems.length >= problemsMax)
        return { entries: state.publishedSize, files: report.files, problems }
    }
  }
  return { entries: state.publishedSize, files: report.files, problems }
}
