/** Real markup and rows, where the shared data is at hand: all are read, or refused with a true reason; the table is printed. */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { findLabel } from '../ratings/find-label.ts'
import { parseReviewRow } from './parse-review-row.ts'

const shared = '../shared'

interface Measured {
  lines: number
  records: ReviewRecord[]
  reasons: Record<string, number>
  notes: Record<string, number>
  ratings: { byWords: number; byScale: number; unknown: number; none: number }
  unknownWords: string[]
}

function measure(file: string): Measured {
  const bytes = readFileSync(`${shared}/${file}`)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  const measured: Measured = {
    lines: 0,
    records: [],
    reasons: {},
    notes: {},
    ratings: { byWords: 0, byScale: 0, unknown: 0, none: 0 },
    unknownWords: [],
  }
  for (const line of text.trimEnd().split('\n')) {
    measured.lines++
    const { records, refusals, notes } = parseReviewRow(line)
    expect(records.length + refusals.length).toBeGreaterThan(0)
    for (const { message } of refusals) measured.reasons[message] = (measured.reasons[message] ?? 0) + 1
    for (const { message } of notes) measured.notes[message] = (measured.notes[message] ?? 0) + 1
    for (const record of records) {
      measured.records.push(record)
      countRating(record, measured)
    }
  }
  const { records, ...table } = measured
  process.stdout.write(`${file}: ${records.length} reviews ${JSON.stringify(table, null, 1)}\n`)
  return measured
}

function countRating(
  { rating: { words, value, scale } }: ReviewRecord,
  { ratings, unknownWords }: Measured,
): void {
  if (words === null && value === null && scale === null) ratings.none++
  else if (value === null) {
    ratings.unknown++
    if (words !== null && !unknownWords.includes(words)) unknownWords.push(words)
  } else if (words !== null && findLabel(words).kind !== 'value') ratings.byScale++
  else ratings.byWords++
}

describe.skipIf(!existsSync(`${shared}/feeds`))('markup of 37 sites', () => {
  test('each of the 65 objects is read', () => {
    const { lines, records, reasons, ratings } = measure('feeds/claimreview_objects.jsonl')
    expect([lines, records.length, reasons]).toEqual([65, 65, {}])
    expect(ratings).toEqual({ byWords: 62, byScale: 1, unknown: 2, none: 0 })
  })

  test('each of the 160 script bodies is JSON after mending, and 34 hold a review', () => {
    const { lines, records, reasons } = measure('feeds/ldjson_blocks.jsonl')
    expect([lines, records.length]).toEqual([160, 34])
    expect(reasons).toEqual({ 'holds no ClaimReview': 126 })
  })
})

describe.skipIf(!existsSync(`${shared}/bench`))('rows of the bench sets', () => {
  test('every row is a review or has no text, and every label has its meaning', () => {
    const { lines, records, reasons, unknownWords } = measure('bench/scale-145k/claims.jsonl.gz')
    expect([lines, records.length]).toEqual([146_078, 146_065])
    expect(reasons).toEqual({ 'text is missing or empty: it is the claim': 13 })
    expect(unknownWords.filter((words) => findLabel(words).kind !== 'silent')).toEqual([])
  }, 120_000)
})
