/** The key pair by which push services know this instance. Source: RFC 8292 (VAPID), a key of P-256. */
import { createECDH } from 'node:crypto'

export interface VapidKeys {
  /** Base64url: the uncompressed point; browsers ask for it as `applicationServerKey`. */
  publicKey: string
  privateKey: string
}

/** Of 32 secret bytes; null for the one in four thousand million that is no key of the curve. */
export function vapidKeysOf(secret: Uint8Array): VapidKeys | null {
  const pair = createECDH('prime256v1')
  try {
    pair.setPrivateKey(Buffer.from(secret))
  } catch {
    return null
  }
  return {
    publicKey: pair.getPublicKey().toString('base64url'),
    privateKey: Buffer.from(secret).toString('base64url'),
  }
}
