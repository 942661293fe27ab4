/**
 * A model of a few words in the forms that real ones come in: an ONNX file of one or two nodes, written by hand, and a
 * tokenizer.json. A word's vector is a row of a table; words that mean the same have the same row.
 * Source: onnx.proto (IR version 8), protocol buffers' wire format.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bread, others } from './reviews-to-embed.ts'
import { meaningOf, dimension as usualDimension } from './vector-server.ts'

const words = [
  ...new Set([
    ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'query', ':', '.', 'brot', 'stein', 'gefriertruhe'],
    ...['moon', 'dust', 'cures', 'colds'],
    ...[bread, ...others].flatMap(({ claim }) => claim.toLowerCase().match(/\p{L}+/gu) ?? []),
  ]),
]

/** What a test can have otherwise than usual. */
export interface TinyModel {
  /** The graph gives one vector of the text, or one of each token. */
  gives?: 'text' | 'tokens'
  dimension?: number
  /** In the place of the table's first number of each row. */
  broken?: number
  wantsInput?: string
}

/** Lays the files into a folder, which it makes. */
export function layTinyModel(folder: string, tiny: TinyModel = {}): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.onnx'), tinyModel(tiny))
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
  return folder
}

const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(words.map((word, at) => [word, at])),
  },
}

const elementType = { float: 1, int64: 7 } as const
const attributeType = { int: 2, ints: 7 } as const

export function tinyModel({
  gives = 'tokens',
  dimension = usualDimension,
  broken,
  wantsInput,
}: TinyModel = {}) {
  const table = Float32Array.from(
    words.flatMap((word) => {
      const row = meaningOf(word, dimension)
      return broken === undefined ? row : [broken, ...row.slice(1)]
    }),
  )
  const tokens = 'last_hidden_state'
  const whole = 'sentence_embedding'
  const gather = message(1, text(1, 'table'), text(1, 'input_ids'), text(2, tokens), text(4, 'Gather'))
  const mean = message(
    1,
    ...[text(1, tokens), text(2, whole), text(4, 'ReduceMean')],
    message(5, text(1, 'axes'), number(8, 1), number(20, attributeType.ints)),
    message(5, text(1, 'keepdims'), number(3, 0), number(20, attributeType.int)),
  )
  const { float, int64 } = elementType
  const perToken = ['batch', 'sequence']
  const tensor = [number(1, words.length), number(1, dimension), number(2, float)]
  const graph = [
    gather,
    ...(gives === 'text' ? [mean] : []),
    text(2, 'tiny'),
    message(5, ...tensor, text(8, 'table'), field(9, Buffer.from(table.buffer))),
    value(11, 'input_ids', int64, perToken),
    value(11, wantsInput ?? 'attention_mask', int64, perToken),
    gives === 'text'
      ? value(12, whole, float, ['batch', dimension])
      : value(12, tokens, float, [...perToken, dimension]),
  ]
  return Buffer.concat([number(1, 8), message(7, ...graph), message(8, text(1, ''), number(2, 13))])
}

function value(at: number, name: string, type: number, shape: (string | number)[]): Buffer {
  const dims = shape.map((size) => message(1, typeof size === 'string' ? text(2, size) : number(1, size)))
  return message(at, text(1, name), message(2, message(1, number(1, type), message(2, ...dims))))
}

function message(at: number, ...parts: Buffer[]): Buffer {
  return field(at, Buffer.concat(parts))
}

function text(at: number, written: string): Buffer {
  return field(at, Buffer.from(written))
}

function field(at: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(at * 8 + 2), varint(bytes.length), bytes])
}

function number(at: number, given: number): Buffer {
  return Buffer.concat([varint(at * 8), varint(given)])
}

function varint(given: number): Buffer {
  const bytes: number[] = []
  for (let left = given; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left])
    bytes.push((left % 128) + 128)
  }
}
