/** A model in a folder: read as it is meant, and refused in one line when it is damaged or not there. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Embedder } from '#io/embedder/embedder.ts'
import { openEmbedder } from '#io/embedder/open-embedder.ts'
import { openJournal } from '#io/journal.ts'
import { createMetrics } from '#io/metrics.ts'
import { localFetcher } from '../net/site.ts'
import { layTinyModel, tinyModel } from './tiny-model.ts'
import { dimension, meaningOf } from './vector-server.ts'

/** `npm test` puts the two packages here; see scripts/test.js. */
const optional = resolve('node_modules', '.embedder')
const isInstalled = existsSync(join(optional, 'node_modules', 'onnxruntime-node'))
const folders = isInstalled ? mkdtempSync(join(optional, 'models-')) : mkdtempSync(join(tmpdir(), 'models-'))
const elsewhere = mkdtempSync(join(tmpdir(), 'models-'))
const opened: Embedder[] = []
let lines: { event: string; reason?: string }[] = []

afterEach(async () => {
  for (const embedder of opened.splice(0)) await embedder.close()
  lines = []
})
afterAll(() => {
  for (const folder of [folders, elsewhere]) rmSync(folder, { recursive: true })
})

async function open(folder: string): Promise<Embedder> {
  const journal = openJournal('info', (line) => void lines.push(JSON.parse(line)))
  const settings = { embedder: { kind: 'local' as const, folder } }
  const embedder = await openEmbedder(settings, {
    fetcher: localFetcher(),
    journal,
    metrics: createMetrics(),
  })
  opened.push(embedder!)
  return embedder!
}

let laid = 0
const lay = (...tiny: Parameters<typeof layTinyModel> extends [string, ...infer Rest] ? Rest : never) =>
  layTinyModel(join(folders, `${++laid}`), ...tiny)

test('without the two packages the start ends with the command that installs them', async () => {
  const folder = layTinyModel(join(elsewhere, 'model'))
  await expect(open(folder)).rejects.toThrow(/npm install --ignore-scripts --prefix .*onnxruntime-node@/)
})

test.each(['nothing', 'tokenizer.json', 'model.onnx'])('a folder with %s is no model', async (only) => {
  const folder = join(elsewhere, only)
  mkdirSync(folder)
  if (only !== 'nothing') writeFileSync(join(folder, only), '{}')
  await expect(open(folder)).rejects.toThrow(/must hold a model\.onnx/)
})

describe.skipIf(!isInstalled)('with the two packages', () => {
  test.each(['tokens', 'text'] as const)('a model that gives a vector of %s is read', async (gives) => {
    const embedder = await open(lay({ gives }))
    expect((await embedder.describe()).dimension).toBe(dimension)
    const vector = await embedder.message!('Bread, stone')
    const sum = ['bread', '[UNK]', 'stone'].map((word) => meaningOf(word))
    const mean = sum[0]!.map((_, at) => (sum[0]![at]! + sum[1]![at]! + sum[2]![at]!) / 3)
    for (const [at, value] of mean.entries()) expect(vector![at]).toBeCloseTo(value, 5)
  })

  test('words that mean the same have the same vector, whatever their language', async () => {
    const embedder = await open(lay())
    await embedder.describe()
    const [german, english] = await embedder.reviews(['Brot stein', 'bread stone'])
    expect(german).toEqual(english)
  })

  test('the settings beside a model are heeded: prompts, pooling and length', async () => {
    const folder = lay()
    const write = (name: string, settings: object) => {
      mkdirSync(join(folder, '1_Pooling'), { recursive: true })
      writeFileSync(join(folder, name), JSON.stringify(settings))
    }
    write('config_sentence_transformers.json', { prompts: { query: 'query : ', document: '' } })
    write('1_Pooling/config.json', { pooling_mode_cls_token: true })
    write('sentence_bert_config.json', { max_seq_length: 4 })
    const embedder = await open(folder)
    await embedder.describe()
    const first = await embedder.message!('moon dust cures colds in the freezer')
    for (const [at, value] of meaningOf('query').entries()) expect(first![at]).toBeCloseTo(value, 5)
  })

  test('another model has another name, the same one the same', async () => {
    const one = lay()
    const names = []
    for (const folder of [one, one, lay({ gives: 'text' })]) {
      names.push((await (await open(folder)).describe()).name)
    }
    expect(names[0]).toBe(names[1])
    expect(names[0]).not.toBe(names[2])
  })

  test('a message goes before the reviews that wait', async () => {
    const embedder = await open(lay())
    await embedder.describe()
    const order: string[] = []
    const reviews = embedder.reviews(new Array(30).fill('moon dust')).then(() => order.push('reviews'))
    await embedder.message!('bread').then(() => order.push('message'))
    await reviews
    expect(order).toEqual(['message', 'reviews'])
  })

  test('a model that is cut off anywhere is refused in one line, and no vector comes of it', async () => {
    const whole = tinyModel()
    for (const share of [0, 0.001, 0.3, 0.7, 0.999]) {
      const folder = lay()
      writeFileSync(join(folder, 'model.onnx'), whole.subarray(0, Math.floor(whole.length * share)))
      const embedder = await open(folder)
      lines = []
      await expect(embedder.describe()).rejects.toThrow(/model\.onnx cannot be loaded; put the whole file/)
      expect(await embedder.message!('bread')).toBeNull()
      expect(lines).toMatchObject([{ reason: expect.stringContaining('model.onnx') }])
    }
  })

  test('a tokenizer that is cut off or something else is refused in one line', async () => {
    const folder = lay()
    const whole = readFileSync(join(folder, 'tokenizer.json'), 'utf8')
    for (const damaged of [whole.slice(0, 500), '[]', '{}', '']) {
      writeFileSync(join(folder, 'tokenizer.json'), damaged)
      await expect((await open(folder)).describe()).rejects.toThrow(
        /tokenizer\.json.* put the whole file there/,
      )
    }
  })

  test('a model of another kind is refused in words', async () => {
    const embedder = await open(lay({ wantsInput: 'pixel_values' }))
    await expect(embedder.describe()).rejects.toThrow(/wants an input "pixel_values"/)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a model that gives %s is not used', async (broken) => {
    const embedder = await open(lay({ broken }))
    await expect(embedder.describe()).rejects.toThrow(/no vector of a text/)
    expect(await embedder.message!('bread')).toBeNull()
  })

  test('a text without a word the model knows has no vector, and the next one has', async () => {
    const embedder = await open(lay())
    await embedder.describe()
    expect(await embedder.message!('')).toBeNull()
    expect(await embedder.message!('bread')).not.toBeNull()
  })

  test('closed in the middle of its work it ends at once, and asks nothing more', async () => {
    const embedder = await open(lay())
    await embedder.describe()
    const reviews = embedder.reviews(new Array(30).fill('moon dust'))
    const refused = expect(reviews).rejects.toThrow(/closed/)
    await embedder.close()
    await refused
    await expect(embedder.reviews(['bread'])).rejects.toThrow(/closed/)
  })
})
