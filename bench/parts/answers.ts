/**
 * The running site at full size, asked over HTTP as programs ask it. `ASSAY_DATA` names a folder that holds reviews
 * already; without it the merged pool is read into a scratch folder first, and what that took is told too.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import { percentile } from '#flows/evaluate/metrics.ts'
import { ingestFile } from '#flows/ingest-feed/ingest.ts'
import { formatTable, ms } from '../format-table.ts'
import { queriesOf, scaleFile, sets } from '../sets.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts')
const rounds = 5
const lookMs = 50

const scratch = process.env.ASSAY_DATA === undefined ? mkdtempSync(join(tmpdir(), 'assay-bench-')) : null
const env = {
  ...process.env,
  ASSAY_DATA: scratch ?? process.env.ASSAY_DATA,
  PORT: '0',
  ASSAY_JOURNAL: 'error',
}

/** Reads the pool in, twice. */
async function readIn(): Promise<string[][]> {
  const { needs, close } = await openNeeds(readConfig(env))
  try {
    const once = async () => {
      const started = performance.now()
      const { tally } = await ingestFile(needs, scaleFile, { format: 'auto', publisher: null })
      return { tally, seconds: (performance.now() - started) / 1000 }
    }
    const first = await once()
    const memory = `${Math.round(process.resourceUsage().maxRSS / 1000)} MB`
    const again = await once()
    const { rows, added, duplicates, refused } = first.tally
    return [
      ['rows read in: added, duplicates, refused', `${rows}: ${added}, ${duplicates}, ${refused}`],
      [
        'reading in',
        `${first.seconds.toFixed(1)} s, ${Math.round(rows / first.seconds)} rows a second, peak ${memory}`,
      ],
      [
        'reading in again: added, changed',
        `${again.tally.added}, ${again.tally.changed} in ${again.seconds.toFixed(1)} s`,
      ],
    ]
  } finally {
    await close()
  }
}

interface Health {
  index: { ready: boolean; reviews: number }
}

/** Asks the site every query in turn, `rounds` times. */
async function ask(url: string, texts: readonly string[]): Promise<string[][]> {
  const least = texts.map(() => Number.POSITIVE_INFINITY)
  const walls: number[] = []
  let unexplained = 0
  for (let round = 0; round <= rounds; round++) {
    for (const [at, text] of texts.entries()) {
      const started = performance.now()
      const response = await fetch(`${url}/api/v1/answers`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ text }),
      })
      const { matches }: { matches: { why: unknown[] }[] } = JSON.parse(await response.text())
      const taken = performance.now() - started
      // The first round lets the machine warm up.
      if (round === 0) {
        if (matches.some(({ why }) => why.length === 0)) unexplained += 1
        continue
      }
      walls.push(taken)
      least[at] = Math.min(least[at]!, taken)
    }
  }
  return [
    ['answers with a match that has no why', String(unexplained)],
    [
      'POST /api/v1/answers, p50 and p99',
      `${ms(percentile(least, 0.5))} and ${ms(percentile(least, 0.99))} ms`,
    ],
    [
      'every round as it came, p50 and p99',
      `${ms(percentile(walls, 0.5))} and ${ms(percentile(walls, 0.99))} ms`,
    ],
  ]
}

async function measure(): Promise<string> {
  const rows = scratch === null ? [] : await readIn()
  const server = spawn(process.execPath, [main, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(server, 'exit')
  try {
    let url: string | undefined
    for await (const line of createInterface(server.stdout)) {
      url = /^Assay answers at (\S+)$/.exec(line)?.[1]
      if (url) break
    }
    if (!url) throw new Error('The server did not start; run `assay serve` to see why.')
    const health = async (): Promise<Health> => JSON.parse(await (await fetch(`${url}/healthz`)).text())
    while (!(await health()).index.ready) await wait(lookMs)
    const queries = await queriesOf(sets.checkthat2022, 'dev')
    const answers = await ask(
      url,
      queries.map(({ text }) => text),
    )
    rows.push(
      ['reviews', String((await health()).index.reviews)],
      ['messages', String(queries.length)],
      ...answers,
    )
  } finally {
    server.kill('SIGTERM')
    await ended
  }
  return formatTable(['measure', 'value'], rows)
}

try {
  process.stdout.write(`The queries of ${sets.checkthat2022.name} dev, one after another, against a server of its own; each is asked in ${rounds} rounds
after a first one and counts with its least time.

${await measure()}
`)
} finally {
  if (scratch) rmSync(scratch, { recursive: true })
}
