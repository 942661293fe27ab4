/** Puts together what the log's flows are handed, from the settings. */
import { join } from 'node:path'
import type { Config } from '#config.ts'
import { isAssayError } from '#domain/errors.ts'
import { parseVerifierKey, type SignerKey, type VerifierKey } from '#formats/tlog/keys.ts'
import { noWitnesses } from '#formats/tlog/policy.ts'
import { verifierKeyOf } from '#formats/tlog/signatures.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { openLogKey, parseLogKey } from '#io/secrets.ts'
import { readWitnessPolicy } from '#io/witness-policy.ts'
import { type LogPlace, verifierPath } from '../log-place.ts'

/** @throws invalid when the key or the policy file that the settings name cannot be used */
export async function openLogPlace(config: Config): Promise<LogPlace> {
  const signers = new Map<number, Promise<SignerKey>>()
  const stores = new Map<number, BlobStore>()
  const given = config.logKey === null ? null : await parseLogKey(config.logKey)

  const filesOf = (number: number): BlobStore => {
    const known = stores.get(number) ?? openDiskBlobs(logFolderOf(config.dataFolder, number))
    stores.set(number, known)
    return known
  }
  const signerOf = async (number: number): Promise<SignerKey> => {
    if (given !== null) return given
    const known = signers.get(number) ?? openLogKey(config, number, () => isBegun(filesOf(number)))
    signers.set(number, known)
    // what is not here now may be in a minute: another process has made it, or the operator put it back
    known.catch(() => signers.delete(number))
    return known
  }
  return {
    chosenOrigin: config.logOrigin.chosen ? config.logOrigin.name : null,
    policy:
      config.witnessPolicyFile === null ? noWitnesses : await readWitnessPolicy(config.witnessPolicyFile),
    filesOf,
    signerOf,
    async verifierOf(number) {
      const written = await readVerifier(filesOf(number))
      const signer = await signerOf(number).catch((error: unknown) => {
        if (isAssayError(error) && written !== null) return null
        throw error
      })
      if (signer !== null && (written === null || written.name === signer.name)) return verifierKeyOf(signer)
      return written!
    },
  }
}

/** The first log's files lie where they always were; each later one has a folder of its own in there. */
export function logFolderOf(dataFolder: string, number: number): string {
  return number === 1 ? join(dataFolder, 'log') : join(dataFolder, 'log', String(number))
}

/** Whether there is a log that a new key would not fit. */
async function isBegun(files: BlobStore): Promise<boolean> {
  return (await files.read(verifierPath)) !== null || (await files.read('checkpoint')) !== null
}

/** Null also when it is damaged: `assay fsck` tells of that. */
async function readVerifier(files: BlobStore): Promise<VerifierKey | null> {
  const bytes = await files.read(verifierPath)
  const key = bytes === null ? null : parseVerifierKey(new TextDecoder().decode(bytes))
  return key?.ok ? key.value : null
}
