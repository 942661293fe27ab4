/** Keys derived from the master secret, one per purpose: to recognise a secret without keeping it, and to seal texts. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What the keys are for; a key of one purpose is worth nothing for another. */
export type KeyPurpose =
  | 'session'
  | 'invitation'
  | 'recovery code'
  | 'passkey challenge'
  | 'form token'
  | 'totp secret'
  | 'tip'
  | 'tip client'
  | 'tip wording'
  | 'receipt'
  | 'receipt feed'
  | 'challenge'
  | 'confirmed'
  | 'push'
  | 'throttle'

export interface Keys {
  /** 32 bytes: the same for the same text, and telling nothing of it without the master secret. */
  mac(purpose: KeyPurpose, data: Uint8Array | string): Uint8Array
  /** Encrypted and authenticated; opened only by the same purpose and master secret. */
  seal(purpose: KeyPurpose, bytes: Uint8Array): Uint8Array
  /** Null when it was not sealed so, or was changed. */
  open(purpose: KeyPurpose, sealed: Uint8Array): Uint8Array | null
}

export function deriveKeys(masterSecret: string): Keys {
  const derived = new Map<string, Buffer>()
  const keyOf = (use: string, purpose: KeyPurpose): Buffer => {
    const info = `assay ${use}: ${purpose}`
    let key = derived.get(info)
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', masterSecret, '', info, 32))
      derived.set(info, key)
    }
    return key
  }
  return {
    mac: (purpose, data) => new Uint8Array(createHmac('sha256', keyOf('mac', purpose)).update(data).digest()),
    seal: (purpose, bytes) => sealWith(keyOf('seal', purpose), bytes),
    open: (purpose, sealed) => openWith(keyOf('seal', purpose), sealed),
  }
}

/** 32 random bytes: a key for one thing, kept wrapped by `seal`, and gone for ever once that is deleted. */
export function newItemKey(): Uint8Array {
  return new Uint8Array(randomBytes(32))
}

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM: nonce, tag, then as many bytes as were sealed. Source: NIST SP 800-38D. */
export function sealWith(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]))
}

/** Null when it was sealed with another key, or was changed. */
export function openWith(key: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    return new Uint8Array(
      Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]),
    )
  } catch {
    return null
  }
}
