/** Vectors from a server that speaks the embeddings API: through the guarded way out, and tried again when it is busy. */
import { AssayError, isAssayError } from '#domain/errors.ts'
import { formatEmbeddingsRequest, parseEmbeddings } from '#formats/embeddings/embeddings.ts'
import { type FetchClock, pause } from '../net/clock.ts'
import type { Fetcher, PostAnswer } from '../net/fetcher.ts'
import type { VectorSource } from './embedder.ts'

export interface RemoteSettings {
  /** The whole address that texts are posted to. */
  url: string
  model: string
  /** Null for a server that asks for none. */
  key: string | null
}

/** `answerBytesMax`: 32 vectors of 4,096 numbers, written long. `retryMs`: before each further try; a message has one. */
const limits = { answerBytesMax: 4_000_000, deadlineMs: 20_000, retryMs: [1_000, 4_000] } as const

export function openRemote(settings: RemoteSettings, fetcher: Fetcher, clock: FetchClock): VectorSource {
  const { host } = new URL(settings.url)

  async function post(texts: readonly string[], signal: AbortSignal): Promise<PostAnswer> {
    const headers = {
      accept: 'application/json',
      ...(settings.key === null ? {} : { authorization: `Bearer ${settings.key}` }),
    }
    const body = formatEmbeddingsRequest(settings.model, texts)
    const { answerBytesMax: bytesMax, deadlineMs } = limits
    const request = { body, contentType: 'application/json', headers, bytesMax, deadlineMs, signal }
    try {
      return await fetcher.post(settings.url, request)
    } catch (error) {
      if (!isAssayError(error) || error.code === 'unavailable') throw error
      const reason =
        error.code === 'forbidden'
          ? 'is not asked: it is in a private network; name it in ASSAY_ALLOW_PRIVATE_HOSTS if that is yours'
          : 'answers with something that cannot be read'
      throw new AssayError('unavailable', `The embedder at ${host} ${reason}.`, { cause: notAgain })
    }
  }

  async function attempt(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const { status, bytes } = await post(texts, signal)
    if (status !== 200) throw errorOfStatus(status, host)
    const read = parseEmbeddings(bytes, texts.length)
    if (read.ok) return read.value
    const { message } = read.problems[0]!
    throw new AssayError('unavailable', `What the embedder at ${host} answered ${message}; it is not used.`, {
      cause: notAgain,
    })
  }

  return {
    name: async () => `remote:${settings.model}`,
    async vectorsOf(texts, { kind, signal }) {
      const waits = kind === 'message' ? [] : [...limits.retryMs]
      for (;;) {
        try {
          return await attempt(texts, signal)
        } catch (error) {
          const wait = waits.shift()
          if (wait === undefined || signal.aborted || !isWorthAnotherTry(error)) throw error
          await pause(clock, wait, signal)
        }
      }
    },
    close: async () => {},
  }
}

/** Asking again would be answered the same. */
const notAgain = Symbol('asking again changes nothing')

function isWorthAnotherTry(error: unknown): boolean {
  return isAssayError(error) && error.code === 'unavailable' && error.cause !== notAgain
}

/** What the server sent is left out: it may quote the text. */
function errorOfStatus(status: number, host: string): AssayError {
  if (status === 400 || status === 413 || status === 422) {
    return new AssayError('invalid', `The embedder at ${host} refuses a text (${status}).`)
  }
  const sentences: Record<number, string> = {
    401: 'wants another key: check ASSAY_EMBEDDER_KEY',
    403: 'does not let us in: check ASSAY_EMBEDDER_KEY',
    404: 'has no such address or model: check ASSAY_EMBEDDER_URL and ASSAY_EMBEDDER_MODEL',
  }
  const sentence = sentences[status]
  return sentence === undefined
    ? new AssayError('unavailable', `The embedder at ${host} answered ${status} instead of vectors.`)
    : new AssayError('unavailable', `The embedder at ${host} ${sentence} (${status}).`, { cause: notAgain })
}
