/** The private feed address of a receipt: its unguessable end, and the keyed hash by which the tip is found again. */
import type { Needs } from './needs.ts'

const feedTokenBytes = 18

/** The end of a receipt's private feed address; it tells nothing of the receipt. */
export function feedTokenOf({ keys }: Pick<Needs, 'keys'>, receipt: Uint8Array): string {
  const token = keys.mac('receipt feed', Buffer.concat([Buffer.from('token '), receipt]))
  return Buffer.from(token.subarray(0, feedTokenBytes)).toString('base64url')
}

/** What the table keeps of a token. */
export function feedMacOf({ keys }: Pick<Needs, 'keys'>, token: string): Uint8Array {
  return keys.mac('receipt feed', `kept ${token}`)
}
