/** Vectors in memory: the nearest are found, whatever came and went, and what is no vector never gets in. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packVector } from './pack-vector.ts'
import { nearness, standingOut } from './standing-out.ts'
import { tableLimits, VectorTable } from './vector-table.ts'

/** Reproducible numbers around zero, spread like a bell. Source: Marsaglia 2003, xorshift. */
function bell(seed: number): () => number {
  let state = seed
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  return () => next() + next() + next() + next() - 2
}

function tableOf(vectors: Iterable<[string, Float32Array]>, dimension: number): VectorTable {
  const table = new VectorTable()
  table.reset(dimension)
  for (const [id, vector] of vectors) table.set(id, packVector(vector)!)
  return table
}

const dimension = 96

/** Texts about few things, as reviews are: vectors in bunches, and all of them leaning to one side, as models' do. */
function bunches(count: number): [string, Float32Array][] {
  const number = bell(7)
  const vector = (around: Float32Array, reach: number) => around.map((value) => value + reach * number())
  const lean = vector(new Float32Array(dimension), 0.5)
  const centres = Array.from({ length: Math.ceil(count / 20) }, () => vector(lean, 1))
  return Array.from({ length: count }, (_, at) => [`${at}`, vector(centres[at % centres.length]!, 0.5)])
}

describe('the nearest', () => {
  test('of more vectors than are measured are those of an exhaustive search', () => {
    const vectors = bunches(4 * tableLimits.measuredMin)
    const table = tableOf(vectors, dimension)
    let hits = 0
    for (let asked = 0; asked < 50; asked++) {
      const vector = vectors[asked * 71]![1].map((value, at) => value + 0.2 * Math.sin(at * asked))
      const exact = vectors.map(([id, other]) => ({ id, similarity: cosine(vector, other) }))
      exact.sort((a, b) => b.similarity - a.similarity)
      const wanted = new Set(exact.slice(0, 10).map(({ id }) => id))
      hits += table.nearest(vector, 10).filter(({ id }) => wanted.has(id)).length
    }
    // A byte a number changes the order of neighbours that are as good as equally near.
    expect(hits / 500).toBeGreaterThan(0.97)
  })

  test('is as similar as its vector says', () => {
    const vectors = bunches(200)
    const [near] = tableOf(vectors, dimension).nearest(vectors[3]![1], 1)
    expect(near!.id).toBe('3')
    expect(near!.similarity).toBeCloseTo(1, 3)
  })

  test('is the same after adding, replacing and removing in any order', () => {
    const vectors = bunches(60)
    const change = fc.record({ at: fc.nat(39), of: fc.nat(59), removes: fc.boolean() })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const table = tableOf([], dimension)
        const kept = new Map<string, Float32Array>()
        for (const { at, of, removes } of changes) {
          const vector = vectors[of]![1]
          if (removes) expect(table.remove(`${at}`)).toBe(kept.delete(`${at}`))
          else {
            table.set(`${at}`, packVector(vector)!)
            kept.set(`${at}`, vector)
          }
        }
        const asked = vectors[0]![1]
        expect(table.size).toBe(kept.size)
        expect(table.nearest(asked, 10)).toEqual(tableOf(kept, dimension).nearest(asked, 10))
      }),
      { numRuns: 100 },
    )
  })
})

describe('what is no vector', () => {
  const infinite = new Float32Array(dimension).fill(Number.POSITIVE_INFINITY)
  const broken = new Float32Array(dimension).fill(1)
  broken[5] = Number.NaN
  const cases: [string, Float32Array][] = [
    ['nothing but zeros', new Float32Array(dimension)],
    ['with a number that is none', broken],
    ['infinite', infinite],
  ]

  test.each(cases)('is not packed, and finds nothing: %s', (_name, vector) => {
    expect(packVector(vector)).toBeNull()
    const table = tableOf(bunches(80), dimension)
    expect(table.nearest(vector, 5)).toEqual([])
    expect(standingOut(table, vector)).toEqual([])
  })

  test.each([0, 1, dimension - 1, dimension + 1, 4 * dimension])(
    'is not taken, and finds nothing: one of %d numbers',
    (length) => {
      const table = tableOf(bunches(80), dimension)
      expect(table.set('new', new Int8Array(length).fill(1))).toBe(false)
      expect(table.nearest(new Float32Array(length).fill(1), 5)).toEqual([])
      expect(standingOut(table, new Float32Array(length).fill(1))).toEqual([])
      expect(table.size).toBe(80)
    },
  )

  test('finds nothing in a table that holds none, or was never told a length', () => {
    expect(new VectorTable().nearest(new Float32Array(0), 5)).toEqual([])
    expect(new VectorTable().usual(new Float32Array(3).fill(1))).toBeNull()
    expect(tableOf([], dimension).nearest(new Float32Array(dimension).fill(1), 5)).toEqual([])
  })

  test('another length empties the table', () => {
    const table = tableOf(bunches(80), dimension)
    table.reset(8)
    expect([table.size, table.dimension]).toEqual([0, 8])
    expect(table.set('1', new Int8Array(8).fill(3))).toBe(true)
    expect(table.nearest(new Float32Array(8).fill(1), 5).map(({ id }) => id)).toEqual(['1'])
  })
})

describe('what stands out', () => {
  test('is the one that means the same, however far all vectors lean to one side', () => {
    const number = bell(3)
    for (const lean of [0, 3]) {
      const vectors = Array.from({ length: 400 }, (_, at): [string, Float32Array] => [
        `${at}`,
        Float32Array.from({ length: dimension }, () => lean + number()),
      ])
      const table = tableOf(vectors, dimension)
      const near = vectors[9]![1].map((value) => value + 0.2 * number())
      expect(standingOut(table, near).map(({ id }) => id)).toEqual(['9'])
      const far = Float32Array.from({ length: dimension }, () => lean + number())
      expect(standingOut(table, far)).toEqual([])
    }
  })

  test('is nothing among few vectors, or where all are the same: they do not tell what is usual', () => {
    const few = bunches(nearness.vectorsMin - 1)
    expect(standingOut(tableOf(few, dimension), few[0]![1])).toEqual([])
    const same = bunches(80).map(([id]): [string, Float32Array] => [id, few[0]![1]])
    expect(standingOut(tableOf(same, dimension), few[0]![1])).toEqual([])
  })
})

function cosine(a: Float32Array, b: Float32Array): number {
  let [sum, first, second] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    sum += a[at]! * b[at]!
    first += a[at]! ** 2
    second += b[at]! ** 2
  }
  return sum / Math.sqrt(first * second)
}
