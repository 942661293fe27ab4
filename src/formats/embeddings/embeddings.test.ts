/** Answers of embedding servers: right ones are read, and of wrong ones nothing is taken. */
import { describe, expect, test } from 'vitest'
import { formatEmbeddingsRequest, parseEmbeddings } from './embeddings.ts'

const bytes = (body: unknown) =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
const answer = (...vectors: unknown[]) => ({
  object: 'list',
  data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
})

test('a request says model and texts', () => {
  expect(JSON.parse(formatEmbeddingsRequest('tiny', ['one', 'two']))).toEqual({
    model: 'tiny',
    input: ['one', 'two'],
    encoding_format: 'float',
  })
})

test('vectors come in the order of the texts, also when the server sent them in another', () => {
  const { data } = answer([1, 0], [0, 1])
  const read = parseEmbeddings(bytes({ data: data.toReversed() }), 2)
  expect(read).toEqual({ ok: true, value: [Float32Array.of(1, 0), Float32Array.of(0, 1)] })
})

test('vectors without numbers of their own are taken in order', () => {
  const read = parseEmbeddings(bytes({ data: [{ embedding: [1, 2] }, { embedding: [3, 4] }] }), 2)
  expect(read.ok && read.value[1]).toEqual(Float32Array.of(3, 4))
})

describe('nothing is taken of an answer that', () => {
  const cases: [string, unknown, string][] = [
    ['is a page', '<!doctype html><title>502 Bad Gateway</title>', 'is no JSON'],
    ['is empty', '', 'is no JSON'],
    ['is cut off', JSON.stringify(answer([1, 0], [0, 1])).slice(0, 40), 'is no JSON'],
    ['is an error', { error: { message: 'no such model' } }, 'has no list "data"'],
    ['is a list', [[1, 0]], 'has no list "data"'],
    ['is null', null, 'has no list "data"'],
    ['has too many vectors', answer([1, 0], [0, 1], [1, 1]), 'has 3 vectors for 2 texts'],
    ['has too few', answer([1, 0]), 'has 1 vectors for 2 texts'],
    [
      'has one text twice',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [2] },
        ],
      },
      'numbers its vectors wrongly',
    ],
    [
      'counts from one',
      {
        data: [
          { index: 1, embedding: [1] },
          { index: 2, embedding: [2] },
        ],
      },
      'numbers its vectors wrongly',
    ],
    ['has different lengths', answer([1, 0], [0, 1, 2]), 'has vectors of different lengths'],
    ['has null for a number', answer([1, null], [0, 1]), 'has something else than numbers in a vector'],
    ['has words for numbers', answer(['1', '0'], [0, 1]), 'has something else than numbers in a vector'],
    ['overflows', answer([1e300, 0], [0, 1]), 'has something else than numbers in a vector'],
    ['has no vector', answer(undefined, [0, 1]), 'has something else than numbers in a vector'],
  ]
  test.each(cases)('%s', (_name, body, message) => {
    expect(parseEmbeddings(bytes(body), 2)).toEqual({ ok: false, problems: [{ path: '$', message }] })
  })

  test('is no UTF-8', () => {
    expect(parseEmbeddings(Uint8Array.of(0xff, 0xfe, 0x7b), 1).ok).toBe(false)
  })
})
