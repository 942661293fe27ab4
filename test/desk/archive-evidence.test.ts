/** The copies of sources: taken within bounds, kept under their own digest, tried again when the site is away. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AssayError } from '#domain/errors.ts'
import { archiveDueEvidence, archiveLimits, capturePathOf } from '#flows/archive-evidence/archive-evidence.ts'
import type { Needs } from '#flows/needs.ts'
import { addEvidence, removeEvidence } from '#flows/work-case/collect-evidence.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { findEvidence } from '#io/database/cases/evidence.ts'
import { freshDatabase } from '../fresh-database.ts'
import { link, openNewsrooms } from './newsrooms.ts'

const { db } = await freshDatabase()
const desk = await openNewsrooms(db)
const folder = await mkdtemp(join(tmpdir(), 'assay-captures-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const captures = openDiskBlobs(folder)
const journal = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Needs['journal']

/** A fetcher that answers every address with `answer`. */
function needsWith(answer: () => Promise<Uint8Array>) {
  const fetchPage = async (url: string, { bytesMax }: { bytesMax: number }) => {
    expect(bytesMax).toBe(archiveLimits.bytesMax)
    const bytes = await answer()
    return {
      kind: 'ok' as const,
      finalUrl: `${url}/`,
      contentType: 'text/html',
      etag: null,
      lastModified: null,
      bytes,
    }
  }
  const fetcher = { fetchPage } as unknown as Needs['fetcher']
  return { ...desk.needs, captures, journal, fetcher }
}

async function evidenceOf(fields = link) {
  const caseId = await takeCase(desk.needs, desk.ana, { rumourId: null, claim: 'It fell' })
  const added = await addEvidence(desk.needs, desk.ana, { caseId, fields })
  if (!added.ok) throw new Error('the evidence of this test is refused')
  return { caseId, id: added.id }
}

test('a page is kept as its bytes, under their SHA-256, with the time and where it came from in the end', async () => {
  const { id } = await evidenceOf()
  const bytes = new TextEncoder().encode('<h1>It stands</h1>')
  expect(await archiveDueEvidence(needsWith(async () => bytes))).toBe(1)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect((await findEvidence(db, id))!.archive).toEqual({
    state: 'kept',
    how: 'fetch',
    sha256,
    bytes: bytes.length,
    contentType: 'text/html',
    url: `${link.url}/`,
    at: desk.clock.now().toISOString(),
  })
  expect(Buffer.from((await captures.read(capturePathOf(sha256)))!).equals(bytes)).toBe(true)
  expect(await archiveDueEvidence(needsWith(async () => bytes))).toBe(0)
})

test('a site that is away is tried again later, and given up after a few tries', async () => {
  const { id } = await evidenceOf()
  const away = needsWith(() => Promise.reject(new AssayError('unavailable', 'bridge.example is away.')))
  for (let tries = 1; tries <= archiveLimits.triesMax; tries++) {
    expect(await archiveDueEvidence(away)).toBe(1)
    expect(await archiveDueEvidence(away)).toBe(0)
    expect((await findEvidence(db, id))!.archive).toMatchObject({
      state: 'failed',
      tries,
      problem: 'bridge.example is away.',
    })
    desk.clock.pass(24 * 60)
  }
  expect(await archiveDueEvidence(away)).toBe(0)
})

test('nothing is fetched for a contact, nor for what was removed', async () => {
  const contact = { ...link, kind: 'contact', url: '', outcome: 'no-answer', text: '' }
  await evidenceOf(contact)
  const { caseId, id } = await evidenceOf()
  await removeEvidence(desk.needs, desk.ana, { caseId, evidenceId: id })
  expect(await archiveDueEvidence(needsWith(async () => new Uint8Array()))).toBe(0)
})
