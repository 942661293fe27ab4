/**
 * Vectors of texts as most servers of language models give them: POST …/embeddings with `{ model, input: [text, …] }`,
 * answered by `{ data: [{ index, embedding: [number, …] }, …] }`.
 * Source: OpenAI API reference, "Create embeddings"; the same is spoken by llama.cpp, Ollama, vLLM and others.
 */
import type { Parsed } from '#domain/errors.ts'

/** The body of a request. */
export function formatEmbeddingsRequest(model: string, texts: readonly string[]): string {
  return JSON.stringify({ model, input: texts, encoding_format: 'float' })
}

/**
 * One vector for each of `count` texts, in their order, all of one length, with finite numbers only.
 * Refused as a whole otherwise: a vector at the wrong place would be a wrong answer.
 */
export function parseEmbeddings(bytes: Uint8Array, count: number): Parsed<Float32Array[]> {
  const body = parseJson(bytes)
  if (body === undefined) return refused('is no JSON')
  const data = isObject(body) ? body.data : undefined
  if (!Array.isArray(data)) return refused('has no list "data"')
  if (data.length !== count) return refused(`has ${data.length} vectors for ${count} texts`)
  const vectors = new Array<Float32Array | undefined>(count).fill(undefined)
  for (const [at, item] of (data as unknown[]).entries()) {
    const place = placeOf(item, at, count)
    if (place === null || vectors[place] !== undefined) return refused('numbers its vectors wrongly')
    const vector = vectorOf(item)
    if (vector === null) return refused('has something else than numbers in a vector')
    vectors[place] = vector
  }
  const length = vectors[0]?.length ?? 0
  if (vectors.some((vector) => vector?.length !== length)) return refused('has vectors of different lengths')
  return { ok: true, value: vectors as Float32Array[] }
}

function refused(message: string): Parsed<never> {
  return { ok: false, problems: [{ path: '$', message }] }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Undefined for what is no JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** The text that a vector is of; where a server does not number its vectors, they come in order. */
function placeOf(item: unknown, at: number, count: number): number | null {
  const index = isObject(item) ? (item.index ?? at) : null
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < count ? index : null
}

function vectorOf(item: unknown): Float32Array | null {
  const numbers = isObject(item) ? item.embedding : undefined
  if (!Array.isArray(numbers) || !numbers.every((value) => typeof value === 'number')) return null
  const vector = Float32Array.from(numbers as number[])
  return vector.every(Number.isFinite) ? vector : null
}
