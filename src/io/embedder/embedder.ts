/**
 * The port for models that turn texts into vectors. Two ways in, `local` and `remote`, behind one set of manners; the
 * default is none at all. Nothing that a model or a server gives is trusted: count, length and numbers are checked.
 */
import { AssayError, isAssayError } from '#domain/errors.ts'
import { packVector, vectorLimits } from '#matching/meaning/pack-vector.ts'
import type { Journal } from '../journal.ts'
import type { Metrics } from '../metrics.ts'
import { type FetchClock, unlessAborted } from '../net/clock.ts'

/** Which model makes the vectors: those of another name or length are never compared with them. */
export interface EmbeddingModel {
  name: string
  dimension: number
}

export interface Embedder {
  /** The model, by asking it once; remembered until it gives a vector of another length. @throws unavailable */
  describe(signal?: AbortSignal): Promise<EmbeddingModel>
  /**
   * A vector for each text of a review, in their order, in the form of `packVector`; null where the model has none to
   * give. At most `embedderLimits.reviewsMax` texts.
   *
   * @throws invalid when the texts are refused, not the asking; unavailable; the signal's reason
   */
  reviews(texts: readonly string[], signal?: AbortSignal): Promise<(Int8Array | null)[]>
  /** The vector of a message, soon or not at all: never throws. Null for the whole where messages are not embedded. */
  readonly message: ((text: string) => Promise<Float32Array | null>) | null
  close(): Promise<void>
}

export interface VectorRequest {
  kind: 'message' | 'review'
  signal: AbortSignal
}

/** What makes vectors, without manners. */
export interface VectorSource {
  /** @throws unavailable */
  name(signal: AbortSignal): Promise<string>
  /** One for each text, in order. @throws invalid, unavailable */
  vectorsOf(texts: readonly string[], request: VectorRequest): Promise<Float32Array[]>
  close(): Promise<void>
}

export const embedderLimits = {
  /** Texts of reviews asked for at a time. */
  reviewsMax: 32,
  reviewsTimeoutMs: 60_000,
  describeTimeoutMs: 20_000,
  /** An answer waits for a vector so long; later it is given without. */
  messageTimeoutMs: 500,
  /** Messages that wait at a time; further ones are answered without. */
  messagesMax: 8,
  /** After so many failures in a row no answer waits any more … */
  failuresMax: 3,
  /** … for so long; then one message tries again. */
  restMs: 30_000,
} as const

export interface EmbedderParts {
  journal: Journal
  metrics: Pick<Metrics, 'messageVectors'>
  clock: FetchClock
  /** Whether what people ask may be embedded. */
  embedsMessages: boolean
}

export function createEmbedder(
  source: VectorSource,
  { journal, metrics, clock, embedsMessages }: EmbedderParts,
): Embedder {
  const { messageTimeoutMs, messagesMax, failuresMax, restMs } = embedderLimits
  const forReviews = createVoice(journal, 'embedder has no vectors for reviews')
  const forMessages = createVoice(journal, 'embedder has no vectors for messages, which words alone answer')
  let known: EmbeddingModel | null = null
  let waiting = 0
  let failures = 0
  let restsUntil = 0

  async function vectorsOf(texts: readonly string[], kind: VectorRequest['kind'], signal: AbortSignal) {
    const vectors = await unlessAborted(source.vectorsOf(texts, { kind, signal }), signal)
    const length = known?.dimension ?? vectors[0]?.length ?? 0
    const wrong = vectors.find((vector) => vector.length !== length)
    if (vectors.length !== texts.length || wrong !== undefined) {
      known = null
      throw new AssayError(
        'unavailable',
        wrong === undefined
          ? `The embedder gave ${vectors.length} vectors for ${texts.length} texts; they are not used.`
          : `The embedder gave a vector of ${wrong.length} numbers where ${length} were due; it is not used.`,
      )
    }
    return vectors
  }

  async function within<T>(
    timeoutMs: number,
    outer: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const late = new AbortController()
    const sentence = `The embedder took longer than ${timeoutMs / 1_000} s.`
    const callOff = clock.after(timeoutMs, () => late.abort(new AssayError('unavailable', sentence)))
    try {
      return await work(outer ? AbortSignal.any([outer, late.signal]) : late.signal)
    } finally {
      callOff()
    }
  }

  async function ask(signal: AbortSignal): Promise<EmbeddingModel> {
    const name = await unlessAborted(source.name(signal), signal)
    const [vector] = await vectorsOf([sampleText], 'review', signal)
    const dimension = vector!.length
    const { dimensionMin, dimensionMax } = vectorLimits
    if (dimension < dimensionMin || dimension > dimensionMax || packVector(vector!) === null) {
      throw new AssayError(
        'unavailable',
        'The embedder gave something that is no vector of a text; it is not used.',
      )
    }
    return { name, dimension }
  }

  async function message(text: string): Promise<Float32Array | null> {
    const resting = clock.now() < restsUntil || (failures >= failuresMax && waiting > 0)
    if (known === null || resting || waiting >= messagesMax) {
      metrics.messageVectors.inc({ outcome: 'skipped' })
      return null
    }
    waiting++
    try {
      const [vector] = await within(messageTimeoutMs, undefined, (signal) =>
        vectorsOf([text], 'message', signal),
      )
      if (packVector(vector!) === null) {
        throw new AssayError(
          'invalid',
          'The embedder gave a message a vector without direction; it is not used.',
        )
      }
      failures = 0
      forMessages.well()
      metrics.messageVectors.inc({ outcome: 'made' })
      return vector!
    } catch (error) {
      forMessages.failing(error)
      metrics.messageVectors.inc({ outcome: 'failed' })
      // A text that is refused says nothing about the next one.
      if (isAssayError(error) && error.code === 'invalid') return null
      failures++
      if (failures >= failuresMax) restsUntil = clock.now() + restMs
      return null
    } finally {
      waiting--
    }
  }

  /** Said by its own voice, unless it was called off. */
  async function heard<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      forReviews.well()
      return result
    } catch (error) {
      if (!signal?.aborted) forReviews.failing(error)
      throw error
    }
  }

  return {
    async describe(signal) {
      known ??= await heard(signal, () => within(embedderLimits.describeTimeoutMs, signal, ask))
      return known
    },
    async reviews(texts, signal) {
      const vectors = await heard(signal, () =>
        within(embedderLimits.reviewsTimeoutMs, signal, (inner) => vectorsOf(texts, 'review', inner)),
      )
      return vectors.map(packVector)
    },
    message: embedsMessages ? message : null,
    close: () => source.close(),
  }
}

/** One line when something begins to fail or fails otherwise than before, and one when it works again. */
function createVoice(journal: Journal, event: string) {
  let said: string | null = null
  return {
    failing(error: unknown): void {
      const reason = isAssayError(error) ? error.message : null
      if (reason !== null && reason === said) return
      said = reason ?? 'a mistake of ours'
      journal.warn(event, reason === null ? { cause: error } : { reason })
    },
    well(): void {
      if (said !== null) journal.info('embedder works again')
      said = null
    },
  }
}

/** What a model is tried with. */
const sampleText = 'Assay answers rumours with evidence.'
