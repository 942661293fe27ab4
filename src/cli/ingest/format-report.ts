/** `assay ingest`, last step: the account of a source as lines for people, or of all sources as one JSON object. */
import { feedLimits } from '#domain/feed.ts'
import type { IngestReport } from '#flows/ingest-feed/ingest.ts'
import type { PagesRead } from '#flows/ingest-feed/read-pages.ts'
import { addTally, emptyTally, type Tally } from '#flows/ingest-feed/tally.ts'

/** More reasons than these are for the machine-readable form. */
const reasonsShown = 20

export function formatReport({ source, tally, pages, feed, problem }: IngestReport): string {
  const lines = [`${source}: ${count(tally.rows, 'claim review')}`]
  if (tally.rows > 0 || problem === null) lines.push(...formatTally(tally))
  if (pages) lines.push(formatPages(pages))
  if (feed) {
    const minutes = feedLimits.intervalMs / 60_000
    lines.push(`  registered: \`assay serve\` reads it again every ${minutes} minutes`)
  }
  return lines.join('\n')
}

function formatTally(tally: Tally): string[] {
  const reasons = Object.entries(tally.reasons)
  return [
    ...(['added', 'changed', 'unchanged', 'duplicates', 'refused'] as const).map(
      (name) => `  ${name.padEnd(10)} ${column(tally[name])}`,
    ),
    ...reasons.slice(0, reasonsShown).map(([reason, times]) => `    ${column(times)}  ${reason}`),
    ...(reasons.length > reasonsShown
      ? [`    … and ${reasons.length - reasonsShown} other reasons; --json lists them`]
      : []),
  ]
}

function formatPages({ read, without, unchanged, failed, waiting, problem }: PagesRead): string {
  const parts = [`  pages: ${grouped(read)} read, ${grouped(without)} of them without claim reviews`]
  if (unchanged > 0) parts.push(`${grouped(unchanged)} unchanged`)
  if (failed > 0) parts.push(`${grouped(failed)} failed (${problem?.message ?? 'no reason is known'})`)
  if (waiting > 0) parts.push(`${grouped(waiting)} wait for the next reading`)
  return parts.join('; ')
}

/** The sum of all sources, and each of them. */
export function reportsJson(reports: IngestReport[]) {
  const sum = emptyTally()
  for (const { tally } of reports) addTally(sum, tally)
  return {
    ...sum,
    sources: reports.map(({ source, format, tally, problem, feed, pages }) => ({
      source,
      format,
      ...tally,
      problem: problem?.message ?? null,
      registered: feed !== null,
      pages: pages && { ...pagesJson(pages) },
    })),
  }
}

function pagesJson({ read, without, unchanged, failed, waiting, problem }: PagesRead) {
  return { read, without, unchanged, failed, waiting, problem: problem?.message ?? null }
}

function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`
}

const grouped = (number: number) => number.toLocaleString('en')
const column = (number: number) => grouped(number).padStart(11)
