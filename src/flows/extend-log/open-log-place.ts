/** Puts together what the log's flows are handed, from the settings. */
import { join } from 'node:path'
import type { Config } from '#config.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import { noWitnesses } from '#formats/tlog/policy.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { openLogKey } from '#io/secrets.ts'
import { readWitnessPolicy } from '#io/witness-policy.ts'
import type { LogPlace } from '../log-place.ts'

/** @throws invalid when the key or the policy file cannot be used */
export async function openLogPlace(config: Config): Promise<LogPlace> {
  const signer = await openLogKey(config)
  const { name, keyId, type } = signer
  return {
    origin: name,
    signer,
    verifier: { name, keyId, type, publicKey: publicKeyOf(signer.seed) },
    policy:
      config.witnessPolicyFile === null ? noWitnesses : await readWitnessPolicy(config.witnessPolicyFile),
    files: openDiskBlobs(join(config.dataFolder, 'log')),
  }
}
