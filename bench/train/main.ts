/**
 * `npm run train`: learns the ranker and the confidence from the train splits and writes src/matching/ranker.json.
 * The same data, seed and date give the same file, bit for bit.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { haveSets, setsFolder } from '../sets.ts'
import { train } from './learn.ts'

const note = (text: string) => process.stderr.write(`${text}\n`)

/** Readable where people read (provenance, thresholds), one tree a line below. */
function formatWeights(weights: object): string {
  const list = /\[\s+(-?[\d.e-]+(?:,\s+-?[\d.e-]+)*)\s+\]/g
  const tree = /\{\s+("feature"[^{}]*)\}/g
  const packed = (_: string, held: string) => held.replace(/\s+/g, '')
  const lines = JSON.stringify(weights, null, 1)
    .replace(list, (all, held: string) => `[${packed(all, held)}]`)
    .replace(tree, (all, held: string) => `{${packed(all, held)}}`)
  return `${lines}\n`
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    date: { type: 'string' },
    out: { type: 'string' },
    'queries-max': { type: 'string', default: '10000' },
  },
})
if (!haveSets()) {
  note(
    `There are no sets in ${setsFolder}; set ASSAY_BENCH to their folder (bench/README.md says what it holds).`,
  )
  process.exitCode = 1
} else {
  const date = values.date ?? new Date().toISOString().slice(0, 10)
  const queriesMax = Number(values['queries-max'])
  const weights = await train({ seed: Number(values.seed), date, queriesMax, note })
  const out = values.out ?? join(import.meta.dirname, '..', '..', 'src', 'matching', 'ranker.json')
  writeFileSync(out, formatWeights(weights))
  note(`wrote ${out}`)
}
