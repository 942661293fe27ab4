/** The two packages that a local model needs. They are no part of Assay: an operator who wants them installs them. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { AssayError } from '#domain/errors.ts'

/** What is used of onnxruntime-node. */
export interface OnnxRuntime {
  InferenceSession: { create(path: string, options: object): Promise<OnnxSession> }
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown
}

export interface OnnxSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  run(feeds: Record<string, unknown>): Promise<Record<string, OnnxTensor>>
  release(): Promise<void>
}

export interface OnnxTensor {
  readonly type: string
  readonly dims: readonly number[]
  readonly data: unknown
}

/** What is used of @huggingface/tokenizers. */
export interface Tokenizers {
  Tokenizer: new (tokenizer: object, settings: object) => { encode(text: string): { ids: number[] } }
}

const packages = { runtime: 'onnxruntime-node', tokenizers: '@huggingface/tokenizers' } as const
/** What was tried; another version may do. */
const versions = { runtime: '1.30.0', tokenizers: '0.2.0' } as const

/** Paths of both packages: beside the model, where they outlive an update of Assay, or beside Assay. @throws invalid */
export function findPackages(folder: string): { runtime: string; tokenizers: string } {
  return { runtime: find(folder, packages.runtime), tokenizers: find(folder, packages.tokenizers) }
}

export function loadPackages(folder: string): { runtime: OnnxRuntime; tokenizers: Tokenizers } {
  const paths = findPackages(folder)
  const require = createRequire(import.meta.url)
  return {
    runtime: require(paths.runtime) as OnnxRuntime,
    tokenizers: require(paths.tokenizers) as Tokenizers,
  }
}

function find(folder: string, name: string): string {
  for (const from of [join(folder, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name)
    } catch {
      // Not there: the next place, or the sentence below.
    }
  }
  const wanted = `${packages.runtime}@${versions.runtime} ${packages.tokenizers}@${versions.tokenizers}`
  throw new AssayError(
    'invalid',
    `ASSAY_EMBEDDER=local needs the package ${name}, which is no part of Assay; install it once: npm install --ignore-scripts --prefix ${folder} ${wanted}`,
  )
}
