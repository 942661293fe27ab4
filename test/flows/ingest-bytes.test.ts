/** Bytes of strangers become lines, in memory that does not grow, and nothing readable is lost when they break off. */
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Line, lineBytesMax, linesOf } from '#flows/ingest-feed/lines.ts'
import { beginningBytesMax, unpack } from '#flows/ingest-feed/unpack.ts'

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What came, and what it ended with. */
async function allOf<T>(source: AsyncIterable<T>): Promise<{ items: T[]; error: Error | null }> {
  const items: T[] = []
  try {
    for await (const item of source) items.push(item)
    return { items, error: null }
  } catch (error) {
    return { items, error: error as Error }
  }
}

const textsOf = (lines: Line[]) => lines.map(({ text }) => text)

test.each([1, 2, 3, 7, 1_000])('lines are the same when bytes come %i at a time', async (size) => {
  const bytes = Buffer.from('\uFEFFerste Zeile\r\n\n  \nזו השורה\n猫と犬\n\nlast')
  const { items } = await allOf(linesOf(piecesOf(bytes, size)))
  expect(items.map(({ number, text }) => [number, text?.trim()])).toEqual([
    [1, 'erste Zeile'],
    [4, 'זו השורה'],
    [5, '猫と犬'],
    [7, 'last'],
  ])
})

test('a line that is too long is told of, and the next one is read', async () => {
  const bytes = Buffer.concat([Buffer.alloc(lineBytesMax + 1, 'x'), Buffer.from('\nnext')])
  const { items } = await allOf(linesOf(piecesOf(bytes, 1 << 20)))
  expect(items).toEqual([
    { number: 1, text: null, excerpt: 'x'.repeat(500) },
    { number: 2, text: 'next', excerpt: '' },
  ])
})

test('a line that the source broke off in is no line', async () => {
  async function* broken() {
    yield Buffer.from('whole\nhal')
    throw new Error('broke off')
  }
  const { items, error } = await allOf(linesOf(broken()))
  expect(textsOf(items)).toEqual(['whole'])
  expect(error?.message).toBe('broke off')
})

test('gzip is undone, and what is not gzip passes through', async () => {
  const plain = Buffer.from('some words\n'.repeat(20_000))
  for (const bytes of [
    plain,
    gzipSync(plain),
    Buffer.concat([gzipSync(plain.subarray(0, 99)), gzipSync(plain.subarray(99))]),
  ]) {
    const unpacked = await unpack(piecesOf(bytes, 1_000))
    expect(unpacked.beginning.length).toBe(beginningBytesMax)
    const { items } = await allOf(unpacked.bytes)
    expect(Buffer.concat(items).equals(plain)).toBe(true)
  }
})

test('gzip inside gzip is refused', async () => {
  await expect(unpack(piecesOf(gzipSync(gzipSync('words')), 10))).rejects.toThrow('gzip inside gzip')
})

test('of truncated gzip everything that is there is read, wherever it was cut, and then it is said', async () => {
  const words = Array.from({ length: 3_000 }, (_, at) => `${at} ${(at * 7919) % 104_729}`).join('\n')
  const packed = gzipSync(words)
  for (let cut = 2_000; cut < packed.length; cut += 997) {
    const piece = packed.subarray(0, cut)
    const { items, error } = await allOf((await unpack(piecesOf(piece, 400))).bytes)
    expect(error?.message).toBe('The gzip data ends too soon: a part of it is missing; get it again.')
    // 2 is Z_SYNC_FLUSH: as much as can be decoded, without complaint.
    expect(Buffer.concat(items).equals(gunzipSync(piece, { finishFlush: 2 }))).toBe(true)
  }
})

test('gzip that is damaged is said to be', async () => {
  const packed = gzipSync(Buffer.from('words '.repeat(50_000)))
  packed.fill(0xff, 40, 60)
  const work = async () => allOf((await unpack(piecesOf(packed, 16))).bytes)
  const error = await work().then(
    ({ error }) => error,
    (error: Error) => error,
  )
  expect(error?.message).toBe('The gzip data is damaged; get it again.')
})

test('nothing at all has no beginning', async () => {
  const unpacked = await unpack(piecesOf(Buffer.alloc(0), 1))
  expect(unpacked.beginning.length).toBe(0)
  expect((await allOf(unpacked.bytes)).items).toEqual([])
})
