/** What the log's flows are handed beside the common needs: where the keys and the files of each log are. */
import type { SignerKey, VerifierKey } from '#formats/tlog/keys.ts'
import type { WitnessPolicy } from '#formats/tlog/policy.ts'
import type { BlobStore } from '#io/blobs/blob-store.ts'

/** Logs have numbers: 1 for the first, and each change of the key begins the next. */
export interface LogPlace {
  /** What the operator calls the log that is written; null: nothing was said. */
  chosenOrigin: string | null
  policy: WitnessPolicy
  /** The private key of a log; its name is the log's origin. @throws conflict or invalid when it is not here */
  signerOf(number: number): Promise<SignerKey>
  /** The key that checks a log: our own, else what stands beside its files. @throws conflict when neither is there */
  verifierOf(number: number): Promise<VerifierKey>
  /** What is served of a log. */
  filesOf(number: number): BlobStore
}

/** The verifier key of a log, in a file beside its checkpoint: a log's files explain themselves. */
export const verifierPath = 'vkey'
