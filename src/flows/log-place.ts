/** What the log's flows are handed beside the common needs. */
import type { SignerKey, VerifierKey } from '#formats/tlog/keys.ts'
import type { WitnessPolicy } from '#formats/tlog/policy.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'

export interface LogPlace {
  /** The first line of every checkpoint, and the name of the key. */
  origin: string
  signer: SignerKey
  /** The public half of the signer. */
  verifier: VerifierKey
  policy: WitnessPolicy
  /** What is served below /log/. */
  files: BlobStore
}
