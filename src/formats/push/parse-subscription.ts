/** What a browser gives out to be pushed to. Sources: Push API (`PushSubscription.toJSON`), RFC 8291 for the two keys. */
import { ECDH } from 'node:crypto'

export interface PushSubscription {
  /** Whoever knows it can wake the browser: kept sealed, and in no journal. */
  endpoint: string
  /** Base64url: the browser's public key, an uncompressed point of P-256, and its 16 secret bytes. */
  p256dh: string
  auth: string
}

/** UTF-16 code units. Those of the browsers have 150 to 500. */
export const endpointMax = 1_000

const pointBytes = 65
const authBytes = 16

/** Null when it cannot be pushed to. Whether its address may be asked is for the guard of the network to say. */
export function parseSubscription(given: {
  endpoint: string
  keys: { p256dh: string; auth: string }
}): PushSubscription | null {
  const { endpoint, keys } = given
  const url = endpoint.length <= endpointMax && /^[\x21-\x7e]+$/.test(endpoint) ? URL.parse(endpoint) : null
  if (url === null) return null
  const point = bytesOf(keys.p256dh, pointBytes)
  const auth = bytesOf(keys.auth, authBytes)
  if (point === null || auth === null || !isOnCurve(point)) return null
  return { endpoint: url.href, p256dh: point.toString('base64url'), auth: auth.toString('base64url') }
}

function bytesOf(text: string, length: number): Buffer | null {
  if (text.length > length * 2 || !/^[\w+/-]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === length ? bytes : null
}

function isOnCurve(point: Buffer): boolean {
  try {
    ECDH.convertKey(point, 'prime256v1')
    return point[0] === 4
  } catch {
    return false
  }
}
