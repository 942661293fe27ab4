/**
 * The index as one run of bytes, and back: what a process starts from instead of reading every review again.
 *
 * The columns one after another, each padded with zeros to sixteen bytes · a directory in JSON (form, stamp, counts, and
 * for each column its bytes and digest), padded with spaces · a tail of 32 bytes: mark, length of the directory, its
 * digest, length of the whole. What is cut, changed or of another form is refused; nothing of it is used.
 */
import type { Parsed } from '#domain/errors.ts'
import { fields } from '../candidates.ts'
import type { SnapshotStamp } from '../engine.ts'
import { Digest, digestStepBytes } from './digest.ts'
import { type DocumentTable, idSlotsOf } from './documents.ts'
import { indexConstants } from './entry.ts'
import { postingsOf } from './postings.ts'
import type { Counts } from './review-index.ts'
import type { Segment } from './segment.ts'
import { Vocabulary } from './vocabulary.ts'

/** To be raised whenever the columns change their meaning. */
const snapshotFormat = 1
/** What else columns depend on: numbers that were measured with other constants do not go together. */
const form = JSON.stringify([snapshotFormat, fields, indexConstants])

export interface IndexState {
  counts: Counts
  segments: readonly Segment[]
}

type Column = Int32Array | Uint8Array
const mark = [0x41535341, 0x59494458] as const
const tailBytes = 32
/** A piece is handed over at once: about two milliseconds. */
const pieceBytesMax = 1 << 22

interface Directory {
  form: string
  stamp: SnapshotStamp
  live: number
  fieldTerms: number[]
  fieldReviews: number[]
  /** Documents of each segment. */
  segments: number[]
  columns: { bytes: number; digest: [number, number] }[]
}

/** The bytes of the state as it is now, in pieces of any length to be written one after another. */
export function formatSnapshot(
  { counts, segments }: IndexState,
  stamp: SnapshotStamp,
): Generator<Uint8Array, void, void> {
  const directory: Directory = {
    form,
    stamp,
    live: counts.live,
    fieldTerms: [...counts.fieldTerms],
    fieldReviews: [...counts.fieldReviews],
    segments: segments.map(({ documents }) => documents.count),
    columns: [],
  }
  return piecesOf(columnsOf(counts, segments), directory)
}

function* piecesOf(columns: Column[], directory: Directory): Generator<Uint8Array, void, void> {
  let total = 0
  for (const column of columns) {
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
    const digest = new Digest()
    for (let from = 0; from < bytes.length; from += pieceBytesMax) {
      const piece = bytes.subarray(from, from + pieceBytesMax)
      digest.add(piece)
      yield piece
    }
    const padding = new Uint8Array(padded(bytes.length) - bytes.length)
    if (padding.length > 0) yield padding
    total += padded(bytes.length)
    directory.columns.push({ bytes: bytes.length, digest: digest.value })
  }
  const text = new TextEncoder().encode(JSON.stringify(directory))
  const length = padded(text.length)
  const closing = new Uint8Array(length + tailBytes).fill(0x20)
  closing.set(text)
  const [first, second] = digestOf(closing.subarray(0, length))
  const whole = total + closing.length
  const tail = new Int32Array(closing.buffer, length)
  tail.set([...mark, length, first, second, whole % 2 ** 31, Math.floor(whole / 2 ** 31), 0])
  yield closing
}

function digestOf(bytes: Uint8Array): [number, number] {
  const digest = new Digest()
  digest.add(bytes)
  return digest.value
}

/** The state that the bytes hold, on views of them where it does not change: hand the bytes to nobody else. */
export function parseSnapshot(bytes: Uint8Array): Parsed<{ state: IndexState; stamp: SnapshotStamp }> {
  if (bytes.byteOffset % digestStepBytes !== 0) return parseSnapshot(bytes.slice())
  const directory = readDirectory(bytes)
  if (typeof directory === 'string') return refused(directory)
  const columns: Uint8Array[] = []
  let at = 0
  for (const { bytes: length, digest: written } of directory.columns) {
    const end = at + padded(length)
    const [first, second] = digestOf(bytes.subarray(at, end))
    if (first !== written[0] || second !== written[1]) return refused('is damaged')
    columns.push(bytes.subarray(at, at + length))
    at = end
  }
  return { ok: true, value: { state: stateOf(directory, columns), stamp: directory.stamp } }
}

function readDirectory(bytes: Uint8Array): Directory | string {
  if (bytes.length < tailBytes || bytes.length % digestStepBytes !== 0) return 'is cut short'
  const tailAt = bytes.length - tailBytes
  const tail = new Int32Array(bytes.buffer, bytes.byteOffset + tailAt, tailBytes / 4)
  const [first, second, length, digestFirst, digestSecond, low, high, zero] = tail as unknown as number[]
  if (first !== mark[0] || second !== mark[1]) return 'is cut short or no snapshot'
  if (low! + high! * 2 ** 31 !== bytes.length || zero !== 0) return 'is cut short'
  if (length! < 0 || length! > tailAt) return 'is damaged'
  const text = bytes.subarray(tailAt - length!, tailAt)
  const found = digestOf(text)
  if (found[0] !== digestFirst || found[1] !== digestSecond) return 'is damaged'
  const directory = JSON.parse(new TextDecoder().decode(text)) as Directory
  return directory.form === form ? directory : 'was written by another version'
}

function refused(message: string): { ok: false; problems: [{ path: string; message: string }] } {
  return { ok: false, problems: [{ path: '$', message: `the snapshot ${message}` }] }
}

function padded(length: number): number {
  return Math.ceil(length / digestStepBytes) * digestStepBytes
}

/** In the order of `stateOf`. What changes in place is copied now. */
function columnsOf({ vocabulary, grams }: Counts, segments: readonly Segment[]): Column[] {
  const { low, high, live, flags } = vocabulary.columns()
  return [
    low,
    high,
    live,
    flags,
    grams.slice(),
    ...segments.flatMap(({ words, grams: letters, documents, live: alive }) => [
      ...[words, letters].flatMap((lists) => [lists.terms, lists.offsets, lists.bytes]),
      documents.texts,
      documents.textOffsets,
      documents.terms,
      documents.termOffsets,
      documents.days,
      documents.langs,
      documents.idHashes,
      alive.slice(),
    ]),
  ]
}

function stateOf({ live, fieldTerms, fieldReviews, segments }: Directory, columns: Uint8Array[]): IndexState {
  let next = 0
  const bytes = () => columns[next++]!
  const numbers = () => {
    const column = bytes()
    return new Int32Array(column.buffer, column.byteOffset, column.length >> 2)
  }
  const counts: Counts = {
    vocabulary: Vocabulary.from({ low: numbers(), high: numbers(), live: numbers(), flags: bytes() }),
    grams: numbers().slice(),
    live,
    fieldTerms: Float64Array.from(fieldTerms),
    fieldReviews: Float64Array.from(fieldReviews),
  }
  return {
    counts,
    segments: segments.map((count) => {
      const words = postingsOf(numbers(), numbers(), bytes())
      const grams = postingsOf(numbers(), numbers(), bytes())
      const documents: DocumentTable = {
        count,
        texts: bytes(),
        textOffsets: numbers(),
        terms: bytes(),
        termOffsets: numbers(),
        days: numbers(),
        langs: numbers(),
        idHashes: numbers(),
      }
      const alive = bytes().slice()
      const liveCount = alive.reduce((sum, one) => sum + one, 0)
      return { documents, words, grams, idSlots: idSlotsOf(documents), live: alive, liveCount }
    }),
  }
}
