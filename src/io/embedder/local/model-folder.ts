/** What is in a folder with a model, as sentence-transformers and its exports to ONNX lay it out. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AssayError } from '#domain/errors.ts'

/** The first that is there is taken. */
const modelPaths = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx']
const tokenizerPath = 'tokenizer.json'
/** Each may be missing. */
const settingPaths = {
  tokenizer: 'tokenizer_config.json',
  prompts: 'config_sentence_transformers.json',
  pooling: '1_Pooling/config.json',
  lengths: 'sentence_bert_config.json',
} as const

export interface ModelFolder {
  modelPath: string
  tokenizer: object
  tokenizerSettings: object
  /** What the model wants to read before a text; most often nothing. */
  prompts: { message: string; review: string }
  /** How the vectors of a text's tokens become one. */
  pooling: 'mean' | 'first'
  /** Tokens that the model reads. */
  tokensMax: number
  /** A hash over all of the above: the same folder gives the same vectors. */
  digest: string
}

/** Where the model is. @throws invalid when the folder holds none */
export function findModel(folder: string): string {
  const path = modelPaths.map((name) => join(folder, name)).find((name) => existsSync(name))
  if (path === undefined || !existsSync(join(folder, tokenizerPath))) {
    throw new AssayError(
      'invalid',
      `ASSAY_EMBEDDER_FOLDER: ${folder} must hold a model.onnx (or onnx/model.onnx) and a tokenizer.json.`,
    )
  }
  return path
}

/** @throws invalid when the folder holds no model, unavailable when a file of it is damaged */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const modelPath = findModel(folder)
  const hash = createHash('sha256')
  await pipeline(createReadStream(modelPath), hash, { end: false })
  const read = async (name: string): Promise<Record<string, unknown>> => {
    const path = join(folder, name)
    if (!existsSync(path)) return {}
    const text = await readFile(path, 'utf8')
    hash.update(`${name}\0${text}\0`)
    return objectOf(text, path)
  }
  const tokenizer = await read(tokenizerPath)
  const tokenizerSettings = await read(settingPaths.tokenizer)
  const { prompts = {} } = await read(settingPaths.prompts)
  const pooling = await read(settingPaths.pooling)
  const lengths = await read(settingPaths.lengths)
  return {
    modelPath,
    tokenizer,
    tokenizerSettings,
    prompts: promptsOf(prompts),
    pooling: pooling.pooling_mode_cls_token === true ? 'first' : 'mean',
    tokensMax: tokensMaxOf(lengths.max_seq_length, tokenizerSettings.model_max_length),
    digest: hash.digest('hex').slice(0, 16),
  }
}

function objectOf(text: string, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {
    // Said below, as for a file of other JSON.
  }
  throw new AssayError('unavailable', `${path} is damaged; put the whole file there again.`)
}

/** Source: sentence-transformers, config_sentence_transformers.json, "prompts". */
function promptsOf(prompts: unknown): ModelFolder['prompts'] {
  const named = typeof prompts === 'object' && prompts !== null ? (prompts as Record<string, unknown>) : {}
  const text = (...names: string[]) => {
    const found = names.map((name) => named[name]).find((value) => typeof value === 'string')
    return typeof found === 'string' ? found : ''
  }
  return { message: text('query'), review: text('document', 'passage') }
}

const tokens = { usual: 256, most: 512 } as const

function tokensMaxOf(...wanted: unknown[]): number {
  const given = wanted.find((value) => typeof value === 'number' && Number.isInteger(value) && value > 2)
  return typeof given === 'number' ? Math.min(given, tokens.most) : tokens.usual
}
