/**
 * fetch, second step: the guard where the connection is made. A name is resolved once, every answer is checked, and the
 * connection goes to a checked address: there is no second look-up that could answer otherwise (DNS rebinding).
 * It stands in undici's connect hook because literal addresses never reach a look-up hook.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { buildConnector } from 'undici'
import { AssayError } from '#domain/errors.ts'
import { isPublicAddress } from './addresses.ts'
import { type FetchClock, pause } from './clock.ts'
import { hostOf, type PrivateHosts, refusal } from './target.ts'

/** All addresses of a name, in the order to try them; rejects or is empty when there are none. */
export type Resolve = (name: string) => Promise<string[]>

/** As the machine itself resolves, its hosts file included. */
export const machineResolve: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address)

/** Of a name with many addresses only the first few are tried. */
const attemptsMax = 3
const attemptTimeoutMs = 5_000

/** How long a refusal after a look-up takes at least: an inner name that exists must not show by a quick answer. */
const refusalMs = 1_000

export function guardedConnector(
  resolve: Resolve,
  allowed: PrivateHosts,
  clock: FetchClock,
): buildConnector.connector {
  const connect = buildConnector({ timeout: attemptTimeoutMs, allowH2: false })

  async function checkedAddresses(host: string): Promise<string[]> {
    if (isIP(host)) {
      if (!allowed.has(host) && !isPublicAddress(host)) throw refusal()
      return [host]
    }
    const startedAt = clock.now()
    const addresses = await resolve(host).catch(() => [])
    // One inner address among public ones is how a mixed answer slips past a check of the first.
    const isChecked = addresses.length > 0 && (allowed.has(host) || addresses.every(isPublicAddress))
    if (isChecked) return addresses.slice(0, attemptsMax)
    await pause(clock, Math.max(0, startedAt + refusalMs - clock.now()))
    throw refusal()
  }

  function attempt(options: buildConnector.Options, address: string): Promise<buildConnector.CallbackArgs> {
    const host = hostOf(options.hostname)
    const servername = isIP(host) ? '' : host
    const pinned =
      options.protocol === 'https:'
        ? { ...options, hostname: address, servername }
        : { ...options, hostname: address }
    return new Promise((done) => connect(pinned, (...outcome) => done(outcome)))
  }

  async function connectChecked(options: buildConnector.Options): Promise<buildConnector.CallbackArgs> {
    const host = hostOf(options.hostname)
    let cause: unknown = null
    for (const address of await checkedAddresses(host)) {
      const [error, socket] = await attempt(options, address)
      if (!error) return [null, socket]
      cause = error
    }
    throw new AssayError('unavailable', `${host} could not be reached; try again later.`, { cause })
  }

  return (options, callback) => {
    connectChecked(options).then(
      (outcome) => callback(...outcome),
      (error: Error) => callback(error, null),
    )
  }
}
