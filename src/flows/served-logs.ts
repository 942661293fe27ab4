/** Which logs the world can read: by their files alone, as anybody sees them. */
import type { LogPlace } from './log-place.ts'

/** The number of the newest log with a published checkpoint, which goes on from all before it; null when there is none. */
export async function findServedLog({ filesOf }: Pick<LogPlace, 'filesOf'>): Promise<number | null> {
  let number = 0
  while ((await filesOf(number + 1).read('checkpoint')) !== null) number++
  return number === 0 ? null : number
}
