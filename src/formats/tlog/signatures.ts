/**
 * Signing and checking notes: with Ed25519 plain (type 01) and as a witness' cosignature (type 04); cosignatures with
 * ML-DSA-44 (type 06) are checked. Source: C2SP signed-note v1.0.0, tlog-cosignature v1.0.1 and its ML-DSA-44 message.
 */
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { publicKeyOf, signEd25519, verifyEd25519 } from './ed25519.ts'
import type { Hash } from './hash.ts'
import { type SignerKey, signatureTypes, type VerifierKey } from './keys.ts'
import { cosignedMessage, openMlDsaKey, verifyMlDsa } from './ml-dsa.ts'
import { formatNote, type NoteSignature, type NoteVerifier } from './note.ts'

const utf8 = new TextEncoder()

/** Checks signatures of this key; null where they cannot be checked: then they are carried, and no failure. */
export function verifierOf(key: VerifierKey): NoteVerifier | null {
  const { name, keyId, publicKey } = key
  switch (key.type) {
    case signatureTypes.ed25519:
      return {
        name,
        keyId,
        verify: (text, signature) => verifyEd25519(publicKey, utf8.encode(text), signature),
      }
    case signatureTypes.cosignature:
      return {
        name,
        keyId,
        verify(text, signature) {
          const at = cosignatureTime(signature)
          return (
            at !== null &&
            verifyEd25519(publicKey, utf8.encode(cosigned(at, text)), signature.subarray(timeBytes))
          )
        },
      }
    case signatureTypes.mlDsa44: {
      const opened = openMlDsaKey(publicKey)
      if (opened === null) return null
      return {
        name,
        keyId,
        verify(text, signature) {
          const checkpoint = parseCheckpoint(text)
          if (!checkpoint.ok || signature.length < timeBytes) return false
          const message = cosignedMessage(name, timeOf(signature), checkpoint.value)
          return message !== null && verifyMlDsa(opened, message, signature.subarray(timeBytes))
        },
      }
    }
    default:
      return null
  }
}

/** A cosignature begins with its time. */
const timeBytes = 8

/** The public half of a key that signs. */
export function verifierKeyOf({ name, keyId, type, seed }: SignerKey): VerifierKey {
  return { name, keyId, type, publicKey: publicKeyOf(seed) }
}

/** Signs a note's text as the log does. */
export function signNote(key: SignerKey, text: string): NoteSignature {
  return { name: key.name, keyId: key.keyId, signature: signEd25519(key.seed, utf8.encode(text)) }
}

/** The note of a checkpoint, signed by the log whose origin is the key's name. */
export function signCheckpoint(key: SignerKey, size: number, root: Hash): string {
  const text = formatCheckpoint({ origin: key.name, size, root })
  return formatNote({ text, signatures: [signNote(key, text)] })
}

/** Signs a checkpoint's text as a witness does, at a time in seconds since 1970. */
export function cosign(key: SignerKey, text: string, seconds: number): NoteSignature {
  const signature = new Uint8Array(72)
  new DataView(signature.buffer).setBigUint64(0, BigInt(seconds))
  signature.set(signEd25519(key.seed, utf8.encode(cosigned(seconds, text))), 8)
  return { name: key.name, keyId: key.keyId, signature }
}

/** When a cosignature says that it was made, in seconds since 1970; null when it has not the form of one. */
export function cosignatureTime(signature: Uint8Array): number | null {
  if (signature.length !== 72) return null
  const seconds = timeOf(signature)
  return seconds <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seconds) : null
}

function timeOf(signature: Uint8Array): bigint {
  return new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
}

function cosigned(seconds: number, text: string): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`
}
