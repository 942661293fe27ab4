/** A thread of its own for the model: it computes for milliseconds at a stretch, and answers must not wait for it. */
import { availableParallelism } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { AssayError, isAssayError } from '#domain/errors.ts'
import { type ModelFolder, readModelFolder } from './model-folder.ts'
import {
  loadPackages,
  type OnnxRuntime,
  type OnnxSession,
  type OnnxTensor,
  type Tokenizers,
} from './packages.ts'

/** To the thread: one text at a time. */
export interface TextTask {
  text: string
  kind: 'message' | 'review'
}

/** From the thread: `ready` or `failed` once, then `vector` or `refused` for each task. */
export type ModelSays =
  | { says: 'ready'; name: string }
  | { says: 'failed'; sentence: string }
  | { says: 'vector'; vector: Float32Array }
  | { says: 'refused'; sentence: string }

/** At most, and one core is left for answers. */
const threadsMax = 4

interface Model {
  files: ModelFolder
  runtime: OnnxRuntime
  session: OnnxSession
  tokenizer: InstanceType<Tokenizers['Tokenizer']>
}

async function openModel(folder: string): Promise<Model> {
  const { runtime, tokenizers } = loadPackages(folder)
  const files = await readModelFolder(folder)
  const damaged = (what: string, cause: unknown) =>
    new AssayError('unavailable', `${what} cannot be loaded; put the whole file there again.`, { cause })
  const intraOpNumThreads = Math.max(1, Math.min(threadsMax, availableParallelism() - 1))
  const session = await runtime.InferenceSession.create(files.modelPath, {
    intraOpNumThreads,
    logSeverityLevel: 4,
  }).catch((cause: unknown) => {
    throw damaged(`The model ${files.modelPath}`, cause)
  })
  const unknown = session.inputNames.find((name) => !(name in inputs))
  if (unknown !== undefined) {
    const sentence = `The model ${files.modelPath} wants an input "${unknown}": it is no model of the text kind.`
    throw new AssayError('unavailable', sentence)
  }
  try {
    const tokenizer = new tokenizers.Tokenizer(files.tokenizer, files.tokenizerSettings)
    return { files, runtime, session, tokenizer }
  } catch (cause) {
    throw damaged(`The tokenizer.json in ${folder}`, cause)
  }
}

/** What each input of a model holds for one token. */
const inputs: Record<string, (id: number) => number> = {
  input_ids: (id) => id,
  attention_mask: () => 1,
  token_type_ids: () => 0,
}

async function vectorOf(model: Model, { text, kind }: TextTask): Promise<Float32Array> {
  const { files, runtime, session, tokenizer } = model
  const all = tokenizer.encode(files.prompts[kind] + text).ids
  // What closes a text stays at its end.
  const ids = all.length > files.tokensMax ? [...all.slice(0, files.tokensMax - 1), all.at(-1)!] : all
  if (ids.length === 0) throw new AssayError('invalid', 'The model knows no word of a text.')
  const feeds = Object.fromEntries(
    session.inputNames.map((name) => {
      const values = BigInt64Array.from(ids, (id) => BigInt(inputs[name]!(id)))
      return [name, new runtime.Tensor('int64', values, [1, ids.length])]
    }),
  )
  const outputs = await session.run(feeds)
  const output = outputs.sentence_embedding ?? outputs[session.outputNames[0]!]!
  return pooled(output, ids.length, files.pooling)
}

/** The vector of the whole text: as the model gives it, or out of those of its tokens. */
function pooled(
  { type, dims, data }: OnnxTensor,
  count: number,
  pooling: ModelFolder['pooling'],
): Float32Array {
  const dimension = dims.at(-1) ?? 0
  const isWhole = dims.length === 2 && dims[0] === 1
  const isTokens = dims.length === 3 && dims[0] === 1 && dims[1] === count
  if (type !== 'float32' || !(data instanceof Float32Array) || !(isWhole || isTokens)) {
    const sentence = `The model gives ${type} in the shape ${dims.join('×')}, which is no vector of a text.`
    throw new AssayError('unavailable', sentence)
  }
  if (isWhole || pooling === 'first') return data.slice(0, dimension)
  const sum = new Float32Array(dimension)
  for (let at = 0; at < data.length; at++) sum[at % dimension]! += data[at]! / count
  return sum
}

/** A sentence of ours, or the bare fact: what a library says may quote the text. */
function sentenceOf(error: unknown): string {
  return isAssayError(error) ? error.message : 'The model could not read a text.'
}

async function run(folder: string): Promise<void> {
  const port = parentPort!
  const say = (said: ModelSays) => port.postMessage(said)
  let model: Model
  try {
    model = await openModel(folder)
  } catch (error) {
    say({
      says: 'failed',
      sentence: isAssayError(error) ? error.message : `The model in ${folder} cannot be used.`,
    })
    port.close()
    return
  }
  say({ says: 'ready', name: `local:${model.files.digest}` })
  port.on('message', (task: TextTask | 'close') => {
    if (task === 'close') {
      void model.session.release().finally(() => port.close())
      return
    }
    vectorOf(model, task).then(
      (vector) => say({ says: 'vector', vector }),
      (error: unknown) => say({ says: 'refused', sentence: sentenceOf(error) }),
    )
  })
}

await run((workerData as { folder: string }).folder)
