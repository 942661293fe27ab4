/**
 * evidence → due → fetched, bounded → bytes kept under their SHA-256 → noted on the item. The page may change or go; what
 * the verdict stands on stays. A capture by a browser, pictures and scripts included, will be another `how`.
 */
import { createHash } from 'node:crypto'
import { isAssayError } from '#domain/errors.ts'
import { type Archive, archivedAddressOf, type Evidence } from '#domain/evidence.ts'
import { leaseEvidenceToArchive, recordArchive } from '#io/database/cases/evidence.ts'
import type { Needs } from '../needs.ts'

export const archiveLimits = {
  /** Of a page or document after decoding. */
  bytesMax: 20 * 1024 * 1024,
  deadlineMs: 30_000,
  /** Longer than a whole round may take, so that an item is never fetched twice at once. */
  leaseMs: 10 * 60_000,
  /** Items of one round. */
  itemsMax: 10,
  triesMax: 5,
  /** Before the second try; each later one waits twice as long. */
  againMs: 5 * 60_000,
} as const

type ArchiveNeeds = Pick<Needs, 'db' | 'clock' | 'fetcher' | 'captures' | 'journal'>

/** Takes the copies that are due; how many were looked at. What fails is noted on its item and tried again. */
export async function archiveDueEvidence(
  needs: ArchiveNeeds,
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> {
  const now = needs.clock.now()
  const leaseUntil = new Date(now.getTime() + archiveLimits.leaseMs)
  const due = await needs.db
    .transaction()
    .execute((tx) => leaseEvidenceToArchive(tx, { now, leaseUntil, limit: archiveLimits.itemsMax }))
  for (const item of due) {
    if (signal?.aborted) break
    await archiveOne(needs, item, signal)
  }
  return due.length
}

async function archiveOne(needs: ArchiveNeeds, item: Evidence, signal?: AbortSignal): Promise<void> {
  const url = archivedAddressOf(item.content)
  const archive = url === null ? null : await take(needs, url, item, signal)
  if (archive === null) return
  const { triesMax, againMs } = archiveLimits
  const again = archive.state === 'failed' && archive.tries < triesMax ? archive.tries : null
  const againAt = again === null ? null : new Date(Date.parse(archive.at) + againMs * 2 ** (again - 1))
  await needs.db.transaction().execute((tx) => recordArchive(tx, item.id, archive, againAt))
}

/** Null when it was called off: the lease ends by itself, and the item is due again. */
async function take(
  { fetcher, captures, clock, journal }: ArchiveNeeds,
  url: string,
  item: Evidence,
  signal?: AbortSignal,
): Promise<Archive | null> {
  const { bytesMax, deadlineMs } = archiveLimits
  try {
    const page = await fetcher.fetchPage(url, { bytesMax, deadlineMs, ...(signal ? { signal } : {}) })
    if (page.kind === 'unchanged') throw new Error('a page was unchanged although nothing was known of it')
    const sha256 = createHash('sha256').update(page.bytes).digest('hex')
    await captures.create(capturePathOf(sha256), page.bytes)
    return {
      state: 'kept',
      how: 'fetch',
      sha256,
      bytes: page.bytes.length,
      contentType: page.contentType,
      url: page.finalUrl,
      at: clock.now().toISOString(),
    }
  } catch (error) {
    if (signal?.aborted) return null
    if (!isAssayError(error)) journal.error('evidence not archived', { evidence: item.id, cause: error })
    const tries = (item.archive?.state === 'failed' ? item.archive.tries : 0) + 1
    const problem = isAssayError(error)
      ? error.message
      : 'The copy could not be kept; the journal has the cause.'
    return { state: 'failed', problem, tries, at: clock.now().toISOString() }
  }
}

/** Where the bytes lie among the captures: two letters make a folder, so that no folder holds too many. */
export function capturePathOf(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256}`
}
