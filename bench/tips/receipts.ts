/**
 * Receipts under attack: `node bench/tips/receipts.ts [guesses] [samples]`. Wrong receipts over HTTP while valid ones are
 * read, after a two-sample test of the time and length of unknown, expired and malformed ones. Prints one JSON object.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openSite } from '#cli/site/open-site.ts'
import { readConfig } from '#config.ts'
import { receiptBytes } from '#domain/receipt.ts'
import { formatReceipt, receiptSecret } from '#formats/receipts/format-receipt.ts'
import { parseReceipt } from '#formats/receipts/parse-receipt.ts'
import { openJournal } from '#io/journal.ts'

const guesses = Number(process.argv[2] ?? 100_000)
const samples = Number(process.argv[3] ?? 2_000)

const dataFolder = await mkdtemp(join(tmpdir(), 'assay-receipts-'))
const site = await openSite(readConfig({ PORT: '0', ASSAY_DATA: dataFolder }), {
  journal: openJournal('error'),
  pages: (_request, response) => response.end(),
})
await site.caughtUp
const agent = new Agent({ keepAlive: true, maxSockets: 128 })

interface Reply {
  status: number
  body: string
  ms: number
}

function post(path: string, body: unknown): Promise<Reply> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      site.url + path,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          text += piece
        })
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: text, ms: performance.now() - startedAt })
        })
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

const status = (receipt: string) => post('/api/v1/tips/status', { receipt })
const guess = () => formatReceipt(receiptSecret(randomBytes(receiptBytes)), 'en').join(' ')

async function send(text: string): Promise<string> {
  const { body } = await post('/api/v1/tips', { text, clientId: randomUUID(), unanswered: true })
  return (JSON.parse(body) as { receipt: string }).receipt
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const receipts = await Promise.all(
  Array.from({ length: 50 }, (_, at) => send(`Rumour number ${at} of the bench`)),
)

// Unknown, expired, malformed: in turn, one at a time.
const expired = await send('This one expires at once')
const expiredMac = Buffer.from(site.needs.keys.mac('receipt', parseReceipt(expired) ?? new Uint8Array()))
await sql`update tips set expires_on = current_date where receipt_mac = ${expiredMac}`.execute(site.needs.db)
const kinds = {
  unknown: guess,
  expired: () => expired,
  malformed: () => 'these are no words of a receipt xyzzy 12',
}
const names = ['unknown', 'expired', 'malformed'] as const
const times: Record<(typeof names)[number], number[]> = { unknown: [], expired: [], malformed: [] }
const bodies = new Set<string>()
await Promise.all(
  Array.from({ length: 8 }, async (_, lane) => {
    for (let at = lane; at < samples; at += 8) {
      for (const name of names) {
        const reply = await status(kinds[name]())
        times[name].push(reply.ms)
        bodies.add(`${reply.status} ${reply.body}`)
      }
    }
  }),
)

// Guessing, from many connections, while the rightful come back.
let made = 0
let found = 0
const valid: number[] = []
let refused = 0
const before = process.cpuUsage()
const startedAt = performance.now()
async function attack(): Promise<void> {
  while (made < guesses) {
    made++
    if ((await status(guess())).status !== 404) found++
  }
}
async function comeBack(): Promise<void> {
  while (made < guesses) {
    const reply = await status(receipts[valid.length % receipts.length]!)
    if (reply.status !== 200) refused++
    valid.push(reply.ms)
  }
}
await Promise.all([...Array.from({ length: 64 }, attack), ...Array.from({ length: 2 }, comeBack)])
const seconds = (performance.now() - startedAt) / 1000
const cpu = process.cpuUsage(before)
valid.sort((one, other) => one - other)

/** Two-sided p of the Mann-Whitney test, by its normal approximation. */
function pValue(one: number[], other: number[]): number {
  const all = [...one.map((ms) => ({ ms, own: true })), ...other.map((ms) => ({ ms, own: false }))]
  all.sort((a, b) => a.ms - b.ms)
  const ranks = all.reduce((sum, { own }, at) => sum + (own ? at + 1 : 0), 0)
  const u = ranks - (one.length * (one.length + 1)) / 2
  const mean = (one.length * other.length) / 2
  const deviation = Math.sqrt((one.length * other.length * (one.length + other.length + 1)) / 12)
  const z = Math.abs(u - mean) / deviation
  // Source: Abramowitz and Stegun, 26.2.17.
  const t = 1 / (1 + 0.2316419 * z)
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return Math.min(1, 2 * tail)
}

const median = (list: number[]) =>
  percentile(
    [...list].sort((a, b) => a - b),
    0.5,
  )
process.stdout.write(
  `${JSON.stringify({
    guesses: made,
    found,
    seconds: Math.round(seconds),
    cpu_ms_per_guess: (cpu.user + cpu.system) / 1000 / made,
    valid_read: valid.length,
    valid_refused: refused,
    valid_p50_ms: percentile(valid, 0.5),
    valid_p99_ms: percentile(valid, 0.99),
    samples: times.unknown.length,
    different_answers: bodies.size,
    median_ms: {
      unknown: median(times.unknown),
      expired: median(times.expired),
      malformed: median(times.malformed),
    },
    p_unknown_expired: pValue(times.unknown, times.expired),
    p_unknown_malformed: pValue(times.unknown, times.malformed),
    p_expired_malformed: pValue(times.expired, times.malformed),
  })}\n`,
)
await site.close()
await rm(dataFolder, { recursive: true, force: true })
agent.destroy()
