/** Asking witnesses to cosign a checkpoint, each from the size that it last saw. Source: C2SP tlog-witness v1.0.0. */
import { isAssayError } from '#domain/errors.ts'
import { consistencyProof } from '#formats/tlog/merkle.ts'
import { formatSignatureLine, type NoteSignature, parseNote } from '#formats/tlog/note.ts'
import { isQuorum, type PolicyKey, type WitnessPolicy } from '#formats/tlog/policy.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import {
  formatAddCheckpoint,
  parseConflictSize,
  parseCosignatures,
  sizeContentType,
} from '#formats/tlog/witness.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { getWitnessSize, type LogState, upsertWitnessSize } from '#io/database/log/log-state.ts'
import type { Needs } from '../needs.ts'
import { nodeReader } from './log-files.ts'

/** What the witnesses are shown, and which they are. */
interface CosignedLog {
  files: BlobStore
  policy: WitnessPolicy
}

/** A witness that takes longer is asked again with the next step. */
const askDeadlineMs = 10_000
/** Room for a hundred signature lines. */
const answerBytesMax = 64_000

/**
 * Signature lines of the witnesses, to be put behind the log's own; null when they are fewer than the policy asks for.
 * Witnesses are asked side by side; one that is down or wrong only misses its own signature.
 */
export async function gatherCosignatures(
  needs: Pick<Needs, 'db' | 'fetcher' | 'journal'>,
  place: CosignedLog,
  state: LogState,
): Promise<string | null> {
  const { policy } = place
  const asked = [...policy.witnesses].map(async ([name, witness]) => {
    try {
      return { name, lines: await askWitness(needs, place, state, name, witness) }
    } catch (error) {
      if (!isAssayError(error)) throw error
      needs.journal.warn('witness did not sign', { witness: name, reason: error.message })
      return { name, lines: [] }
    }
  })
  const answers = await Promise.all(asked)
  const signed = new Set(answers.filter((answer) => answer.lines.length > 0).map((answer) => answer.name))
  if (!isQuorum(policy, signed)) return null
  return answers.flatMap((answer) => answer.lines.map(formatSignatureLine)).join('')
}

async function askWitness(
  { db, fetcher, journal }: Pick<Needs, 'db' | 'fetcher' | 'journal'>,
  place: CosignedLog,
  state: LogState,
  name: string,
  { key, url }: PolicyKey,
): Promise<NoteSignature[]> {
  if (url === null) return []
  let oldSize = Math.min(await getWitnessSize(db, name), state.size)
  // the witness may know another size than we remember: it says which, once
  for (const attempt of [1, 2]) {
    const proof = await consistencyProof(oldSize, state.size, nodeReader(place.files, state.size))
    const answer = await fetcher.post(`${url.replace(/\/$/, '')}/add-checkpoint`, {
      body: formatAddCheckpoint({ oldSize, proof, checkpoint: state.checkpoint }),
      contentType: 'text/plain; charset=utf-8',
      bytesMax: answerBytesMax,
      deadlineMs: askDeadlineMs,
    })
    const body = new TextDecoder().decode(answer.bytes)
    if (answer.status === 200) {
      const verifier = verifierOf(key)
      const note = parseNote(new TextEncoder().encode(state.checkpoint))
      const right = parseCosignatures(body).filter(
        (one) =>
          note.ok &&
          one.name === key.name &&
          one.keyId === key.keyId &&
          verifier?.verify(note.value.text, one.signature),
      )
      if (right.length === 0)
        journal.warn('witness did not sign', { witness: name, reason: 'no signature of its key' })
      else await upsertWitnessSize(db, name, state.size)
      return right.slice(0, 1)
    }
    const known = answer.contentType?.startsWith(sizeContentType) ? parseConflictSize(body) : null
    if (answer.status !== 409 || known === null || known > state.size || attempt === 2) {
      const reason =
        known !== null && known > state.size
          ? `it has seen ${known} entries, we have ${state.size}`
          : `it answered ${answer.status}`
      journal.warn('witness did not sign', { witness: name, reason })
      return []
    }
    oldSize = known
  }
  return []
}
