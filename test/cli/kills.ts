/**
 * A server that is killed again and again while people send messages in, and what must hold after it: no acknowledged
 * tip is lost, no process is left behind, every next start is clean. By hand, with the same deaths for the same seed:
 * `node test/cli/kills.ts [rounds] [seed]`
 */
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { assay, endOf, type Serving, type Settings, serve } from './processes.ts'

export interface Kills {
  acknowledged: number
  /** Receipts that the server gave and does not know any more. */
  lost: string[]
  /** What was said at starts that were not clean, and by `fsck` at the end. */
  complaints: string[]
  /** Processes of the data folder that still run when all is over, and after a kill that nobody came after. */
  left: string[]
  slowestStartMs: number
}

/** Senders at once; each waits for its receipt before it sends the next. */
const sendersCount = 4
const acknowledgedMax = 40
const orphanMs = 60_000

export async function killServers(rounds: number, seed: number): Promise<Kills> {
  const random = seeded(seed)
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-kills-'))
  const settings: Settings = { ASSAY_DATA: dataFolder, PORT: '0', ASSAY_JOURNAL: 'error' }
  const found: Kills = { acknowledged: 0, lost: [], complaints: [], left: [], slowestStartMs: 0 }
  const receipts: string[] = []

  async function start(): Promise<Serving> {
    const from = performance.now()
    const serving = await serve([], settings)
    found.slowestStartMs = Math.max(found.slowestStartMs, Math.round(performance.now() - from))
    return serving
  }

  for (let round = 0; round < rounds; round++) {
    const serving = await start()
    const enough = receipts.length + 1 + Math.floor(random() * acknowledgedMax)
    const withDatabase = random() < 0.3
    const senders = Array.from({ length: sendersCount }, (_, sender) =>
      send(serving, receipts, () => receipts.length >= enough, `${seed}-${round}-${sender}`),
    )
    await Promise.race([Promise.all(senders), once(serving.child, 'close')])
    if (withDatabase) killDatabase(dataFolder)
    serving.child.kill('SIGKILL')
    await Promise.all([...senders, endOf(serving.child)])
    // A killed database is told of, as it should be.
    const quiet = withDatabase || !/"level":"(error|fatal)"/.test(serving.remarks())
    if (!quiet) found.complaints.push(serving.remarks())
  }

  for (let waitedMs = 0; processesOf(dataFolder).length > 0 && waitedMs < orphanMs; waitedMs += 100)
    await wait(100)
  found.left.push(...processesOf(dataFolder))
  const { url, child } = await start()
  for (const receipt of receipts) {
    const status = await post(`${url}/api/v1/tips/status`, { receipt })
    if (status.status !== 200) found.lost.push(receipt)
  }
  child.kill('SIGTERM')
  if ((await endOf(child)) !== 0) found.complaints.push('the last server did not end well')
  const checked = await assay(['fsck'], settings)
  if (checked.code !== 0) found.complaints.push(`${checked.stdout}${checked.stderr}`)
  found.left.push(...processesOf(dataFolder))
  found.acknowledged = receipts.length
  await rm(dataFolder, { recursive: true, force: true })
  return found
}

/** Sends until there are enough receipts or the server is gone. */
async function send(
  { url }: Serving,
  receipts: string[],
  enough: () => boolean,
  name: string,
): Promise<void> {
  for (let number = 0; !enough(); number++) {
    const text = `Somebody says that harbour number ${name}-${number} has been closed to blue boats since spring.`
    try {
      const response = await post(`${url}/api/v1/tips`, {
        text,
        clientId: `client-of-kills-${name}-${number}`,
        unanswered: true,
      })
      const body: { receipt?: string; detail?: string } = JSON.parse(await response.text())
      if (response.status === 201 && body.receipt) receipts.push(body.receipt)
      else if (response.status !== 503) throw new Error(`a tip got ${response.status}: ${body.detail}`)
    } catch (error) {
      // Not acknowledged: the server is gone, and may keep it or not.
      if (error instanceof TypeError || error instanceof SyntaxError) return
      throw error
    }
  }
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function killDatabase(dataFolder: string): void {
  const pid = Number(
    readFileSync(join(dataFolder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0],
  )
  process.kill(pid, 'SIGKILL')
}

/** Whatever names the folder on its command line or works in it. */
function processesOf(dataFolder: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return `${line} ${readlinkSync(`/proc/${pid}/cwd`)}`.includes(dataFolder) ? [line.slice(0, 200)] : []
      } catch {
        return []
      }
    })
}

/** Source: mulberry32, public domain. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

if (import.meta.main) {
  const [rounds = '20', seed = '1'] = process.argv.slice(2)
  const found = await killServers(Number(rounds), Number(seed))
  process.stdout.write(`${JSON.stringify(found, null, 1)}\n`)
  process.exitCode = found.lost.length + found.complaints.length + found.left.length === 0 ? 0 : 1
}
