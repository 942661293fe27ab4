/** What vectors may change in what an engine finds: only what is related, and only where something stands out. */
import { expect, test } from 'vitest'
import type { Found } from '#domain/message.ts'
import { createEngine } from '../create-engine.ts'
import type { Matchable } from '../engine.ts'
import { packVector } from './pack-vector.ts'
import { VectorTable } from './vector-table.ts'

const dimension = 64
const thing = (at: number) => `Thing${at}`

/** A claim of its own for each review, and a vector that points its own way. */
function reviewOf(at: number): Matchable {
  const claim = `${thing(at)} number ${at} was seen by ${7 * at + 3} people near the river ${thing(at + 500)}.`
  return { claim, title: null, summary: null, body: null, lang: 'en', links: [], reviewedAt: '2024-05-01' }
}

function vectorOf(at: number, noise = 0): Float32Array {
  return Float32Array.from({ length: dimension }, (_, place) => {
    const angle = Math.sin((at + 1) * 12.9898 + (place + 1) * 78.233) * 43758.5453
    return angle - Math.floor(angle) - 0.5 + noise * Math.sin(place * 3.3)
  })
}

function filled(special: Record<number, string> = {}, vectors?: VectorTable) {
  const engine = createEngine({ vectors })
  vectors?.reset(dimension)
  for (let at = 0; at < 120; at++) {
    const review = reviewOf(at)
    engine.upsert(`r${at}`, { ...review, claim: special[at] ?? review.claim })
    vectors?.set(`r${at}`, packVector(vectorOf(at))!)
  }
  return engine
}

const ask = (text: string) => ({ text, links: [], lang: 'en' })
const ids = (found: Found) => found.matches.map(({ id }) => id as string)
const bread = { 4: 'Bread turns to stone in the freezer.' }
const foreign = ask('Gefrorenes Gebäck wird steinhart und ungenießbar.')

test('a review that no word leads to is related, and the why says what it is like', () => {
  const engine = filled(bread, new VectorTable())
  expect(engine.find(foreign, 10)).toEqual({ decision: 'none', matches: [] })
  const found = engine.find(foreign, 10, vectorOf(4, 0.1))
  expect(found.decision).toBe('related')
  expect(ids(found)).toEqual(['r4'])
  expect(found.matches[0]!.why).toEqual([{ kind: 'meaning', terms: [] }])
})

test('meaning never makes an answer, also with the very same vector', () => {
  const engine = filled(bread, new VectorTable())
  for (let at = 0; at < 120; at++) {
    expect(engine.find(foreign, 10, vectorOf(at)).decision).toBe('related')
  }
})

test('an answer by words stays what it is to the last byte, whatever is near', () => {
  const engine = filled(bread, new VectorTable())
  const message = ask('Bread turns to stone in the freezer!')
  const answer = engine.find(message, 10)
  expect(answer.decision).toBe('answered')
  expect(engine.find(message, 10, vectorOf(77))).toEqual(answer)
  expect(engine.find(message, 10, vectorOf(4))).toEqual(answer)
})

test('a review that changes or goes is not found by its old vector', () => {
  const engine = filled(bread, new VectorTable())
  engine.upsert('r4', reviewOf(4))
  expect(engine.find(foreign, 10, vectorOf(4)).decision).toBe('none')
  engine.remove('r5')
  expect(engine.find(foreign, 10, vectorOf(5)).decision).toBe('none')
})

test('a vector that is none, or of another length, changes nothing', () => {
  const engine = filled(bread, new VectorTable())
  const broken = vectorOf(4)
  broken[0] = Number.NaN
  const wrong = [broken, new Float32Array(dimension), vectorOf(4).subarray(1), new Float32Array(0)]
  for (const vector of wrong) expect(engine.find(foreign, 10, vector).decision).toBe('none')
})

test('without vectors an engine finds the same, byte for byte', () => {
  const plain = filled(bread)
  const off = filled(bread, new VectorTable())
  const messages = [
    'Bread turns to stone in the freezer',
    'Thing9 was seen by 66 people',
    'river',
    foreign.text,
  ]
  for (const text of messages) {
    expect(JSON.stringify(off.find(ask(text), 10))).toBe(JSON.stringify(plain.find(ask(text), 10)))
    expect(JSON.stringify(plain.find(ask(text), 10, vectorOf(4)))).toBe(
      JSON.stringify(plain.find(ask(text), 10)),
    )
  }
})

test('no more is given than was asked for', () => {
  const engine = filled(bread, new VectorTable())
  const many = filled({}, new VectorTable())
  expect(ids(engine.find(foreign, 1, vectorOf(4)))).toEqual(['r4'])
  expect(many.find(foreign, 10, vectorOf(9)).matches.length).toBeLessThanOrEqual(3)
})
