/** The bytes that were kept of a source, for who may see the case; checked against their digest. */
import { createHash } from 'node:crypto'
import type { Actor } from '#domain/actor.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { findEvidence } from '#io/database/cases/evidence.ts'
import type { Needs } from '../needs.ts'
import { capturePathOf } from './archive-evidence.ts'

/** Null when there is no such copy. @throws not_found for a case that this person does not see */
export async function readCapture(
  { db, captures }: Pick<Needs, 'db' | 'captures'>,
  actor: Actor,
  { caseId, evidenceId }: { caseId: string; evidenceId: string },
): Promise<{ bytes: Uint8Array; sha256: string } | null> {
  const found = await getCase(db, actor, caseId)
  const item = await findEvidence(db, evidenceId)
  if (item?.caseId !== found.id || item.archive?.state !== 'kept') return null
  const { sha256 } = item.archive
  const bytes = await captures.read(capturePathOf(sha256))
  if (bytes === null) return null
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Error(`the captured bytes of ${sha256} are not what was kept`)
  }
  return { bytes, sha256 }
}
