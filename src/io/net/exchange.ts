/** fetch, one request at a time: to a checked address, over a checked connection, with our name and nothing of anybody's. */
import { Agent } from 'undici'
import { AssayError } from '#domain/errors.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { type FetchClock, machineClock } from './clock.ts'
import { guardedConnector, machineResolve, type Resolve } from './connect.ts'
import { codings } from './decode.ts'
import { errorOfConnection, type Response, redirectOf } from './response.ts'
import { privateHostsOf, targetOf } from './target.ts'

/** The product token that robots.txt files can name. */
export const agentName = 'Assay'

const redirectsMax = 5
const headerBytesMax = 32 * 1024

export interface ExchangeSettings {
  /** Said in the User-Agent, so that a site can ask who we are. */
  publicUrl: string
  /** Hosts that may have a private address and any port. */
  allowedPrivateHosts: readonly string[]
}

export interface ExchangeParts {
  resolve: Resolve
  clock: FetchClock
}

export interface Ask {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string | Uint8Array
  signal: AbortSignal
}

export interface Exchange {
  /** Whether an address may be asked, as a URL. @throws forbidden */
  check(address: string): URL
  /** One request to an address that was checked, without following. @throws unavailable; the signal's reason */
  ask(url: URL, ask: Ask): Promise<Response>
  /**
   * Asks and follows redirects. `arrive` is told each address before it is asked, the first one too, and may refuse it.
   *
   * @throws unavailable, forbidden; what `arrive` throws; the signal's reason
   */
  follow(start: URL, ask: Ask, arrive: (url: URL) => Promise<void>): Promise<{ response: Response; url: URL }>
  close(): Promise<void>
}

export function createExchange(settings: ExchangeSettings, parts: Partial<ExchangeParts>): Exchange {
  const { resolve = machineResolve, clock = machineClock } = parts
  const allowed = privateHostsOf(settings.allowedPrivateHosts)
  const agent = new Agent({
    connect: guardedConnector(resolve, allowed, clock),
    allowH2: false,
    maxHeaderSize: headerBytesMax,
    // The caller's deadline is one for everything; no trickle of bytes pushes it back.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const ownHeaders = {
    'user-agent': `${agentName}/${manifest.version} (+${settings.publicUrl})`,
    'accept-encoding': codings.join(', '),
  }

  async function ask(url: URL, { headers, ...ask }: Ask): Promise<Response> {
    const place = { origin: url.origin, path: url.pathname + url.search }
    try {
      const response = await agent.request({ ...ask, ...place, headers: { ...ownHeaders, ...headers } })
      // Whoever reads the body hears of its errors; one that is left unread must not end the process.
      response.body.on('error', () => {})
      return response
    } catch (error) {
      throw errorOfConnection(error, url)
    }
  }

  return {
    check: (address) => targetOf(address, allowed),
    ask,
    async follow(start, wanted, arrive) {
      let url = start
      for (let hops = 0; hops <= redirectsMax; hops++) {
        await arrive(url)
        const response = await ask(url, wanted)
        const next = redirectOf(response, url)
        if (next === null) return { response, url }
        response.body.destroy()
        url = targetOf(next, allowed)
      }
      throw new AssayError(
        'unavailable',
        `${start.host} redirects more than ${redirectsMax} times; give the last address.`,
      )
    },
    close: () => agent.destroy(),
  }
}
