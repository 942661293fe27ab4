/** The keys of this instance for push services: the same for every process and start, for they come from the master secret. */
import { AssayError } from '#domain/errors.ts'
import { type VapidKeys, vapidKeysOf } from '#formats/push/vapid-keys.ts'
import type { Needs } from './needs.ts'

export function pushKeys({ keys }: Pick<Needs, 'keys'>): VapidKeys {
  for (const drawn of ['vapid', 'vapid, once more']) {
    const pair = vapidKeysOf(keys.mac('push', drawn))
    if (pair) return pair
  }
  throw new AssayError('unavailable', 'The master secret gives no key for pushes; give another ASSAY_SECRET.')
}
