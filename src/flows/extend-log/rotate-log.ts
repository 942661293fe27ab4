/**
 * `assay log rotate`: a key cannot be exchanged in a log, so the log ends, and another begins under a new name and key.
 * Its first entry is the last checkpoint of the log before. One transaction is the point of no return; what follows it is
 * done again by extendLog after a crash, like every other step of a log.
 */
import { AssayError } from '#domain/errors.ts'
import { entryBytesMax } from '#formats/tlog/bundles.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { isKeyName, type SignerKey } from '#formats/tlog/keys.ts'
import { signCheckpoint } from '#formats/tlog/signatures.ts'
import { insertFirstEntry } from '#io/database/log/log-entries.ts'
import {
  findLogState,
  type LogState,
  listLogs,
  removeWitnessSizes,
  updateLogState,
  upsertLog,
} from '#io/database/log/log-state.ts'
import { makeLogKey } from '#io/secrets.ts'
import type { LogPlace } from '../log-place.ts'
import type { Needs } from '../needs.ts'
import { extendLog, isOut, type LogNeeds, type LogStep, publishSigned } from './extend-log.ts'

export interface Rotated {
  before: Pick<LogState, 'number' | 'origin' | 'size'>
  after: Pick<LogState, 'number' | 'origin'>
  /** `waiting`: witnesses have to sign the new log first; until then the old one is served. */
  step: LogStep
}

/**
 * @param origin of the new log; null: the first log's, with the number behind it. A key that the settings give has its own.
 * @throws conflict, unavailable: nothing was changed
 */
export async function rotateLog(
  needs: LogNeeds & Pick<Needs, 'config'>,
  place: LogPlace,
  origin: string | null,
): Promise<Rotated> {
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const { number } = await bringOut(needs, place)
    const signer = await nextSigner(needs, place, number + 1, origin)
    const before = await begin(needs, number, signer)
    if (before === null) continue
    needs.journal.info('log rotated', { before: before.origin, after: signer.name, size: before.size })
    const step = await extendLog(needs, place)
    return { before, after: { number: number + 1, origin: signer.name }, step }
  }
  throw new AssayError('unavailable', 'The log grows faster than its key can be changed; try again shortly.')
}

/** Beside a server that publishes, the log may have moved on before the change. */
const attemptsMax = 20

/** What was signed last must be out: it is what the next log begins with. */
async function bringOut(needs: LogNeeds, place: LogPlace): Promise<LogState> {
  const state = await findLogState(needs.db)
  if (state === null)
    throw new AssayError('conflict', 'There is no log yet; the first assay serve begins it.')
  if ((await publishSigned(needs, place, state)) === 'waiting') {
    throw new AssayError(
      'unavailable',
      `Witnesses have not signed the last checkpoint of ${state.origin} yet; change the key once they have, or mend ASSAY_WITNESS_POLICY.`,
    )
  }
  return (await findLogState(needs.db))!
}

/** The key that the settings give, or one that is made now and kept in the data folder; of a name that no log had. */
async function nextSigner(
  { db, config }: Pick<Needs, 'db' | 'config'>,
  place: LogPlace,
  number: number,
  origin: string | null,
): Promise<SignerKey> {
  const logs = await listLogs(db)
  const wanted = origin ?? `${logs[0]!.origin}/${number}`
  const isTaken = (name: string) => logs.some((log) => log.origin === name)
  const given = config.logKey === null ? null : await place.signerOf(number)
  if (given !== null && origin !== null && given.name !== origin)
    throw new AssayError('invalid', `ASSAY_LOG_KEY is a key of ${given.name}, not of ${origin}.`)
  const name = given?.name ?? wanted
  if (isTaken(name)) {
    throw new AssayError(
      'conflict',
      given === null
        ? `${name} is a log of this instance already; the new log needs a new name.`
        : `ASSAY_LOG_KEY is the key of ${name}, a log of this instance already; set it to the new key.`,
    )
  }
  if (!isKeyName(name))
    throw new AssayError('invalid', `"${name}" is no name of a log: one word without a plus sign.`)
  return given ?? makeLogKey(config.dataFolder, number, name)
}

/** What ended, as it stood in the moment of the change; null when it had moved on, and nothing was done. */
async function begin(
  { db, clock }: LogNeeds,
  number: number,
  signer: SignerKey,
): Promise<Rotated['before'] | null> {
  return db.transaction().execute(async (tx) => {
    const state = await findLogState(tx, 'lock')
    if (state === null || state.number !== number || !isOut(state)) return null
    const note = new TextEncoder().encode(state.publishedCheckpoint)
    // with very many witnesses' signatures it would be no entry: then our own alone
    const bytes = note.length <= entryBytesMax ? note : new TextEncoder().encode(state.checkpoint)
    const root = leafHash(bytes)
    const next = { number: number + 1, origin: signer.name }
    await upsertLog(tx, next)
    await insertFirstEntry(tx, { log: next.number, leafHash: root, bytes }, clock.now())
    await removeWitnessSizes(tx)
    await updateLogState(tx, state, {
      ...next,
      size: 1,
      root,
      checkpoint: signCheckpoint(signer, 1, root),
      publishedSize: 0,
      publishedCheckpoint: null,
    })
    return state
  })
}
