/**
 * `npm run bench [part…]`: measures each part in a process of its own and puts its section into bench/results.md, where
 * the sections of other parts stay as they are. Can be stopped after any part.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { haveSets, setsFolder } from './sets.ts'

const parts = {
  quality: 'Quality',
  edited: 'Told otherwise, and told by several',
  speed: 'Speed and memory',
  scale: 'A million reviews',
  fresh: 'From commit to found',
  grouping: 'Grouping tips',
  answers: 'From the file to the answer over HTTP',
  meaning: 'Comparing meaning',
  desk: 'The desk',
} as const
type Part = keyof typeof parts

const results = join(import.meta.dirname, 'results.md')
const note = (text: string) => process.stderr.write(`${text}\n`)

const about = `# Results

Written by \`npm run bench\`, never by hand; each section says when and with which command. \`bench/README.md\` says what is
measured and how. The sets are public but not ours to pass on: \`ASSAY_BENCH\` names the folder that holds them.
`

function isPart(name: string): name is Part {
  return name in parts
}

/** The section of one part as Markdown; null when it failed, which it then said itself. */
function measure(part: Part, options: string[]): string | null {
  const script = join(import.meta.dirname, 'parts', `${part}.ts`)
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (status !== 0) return null
  const command = `npm run bench -- ${[part, ...options].join(' ')}`
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`
  const day = new Date().toISOString().slice(0, 10)
  return `## ${parts[part]}\n\n\`${command}\`, ${day}, one core of ${machine}.\n\n${stdout.trim()}\n`
}

/** The file with one section in the place of the old one, in the order of the parts. */
function withSection(text: string, part: Part, section: string): string {
  const held = new Map(
    text
      .split(/^(?=## )/m)
      .filter((piece) => piece.startsWith('## '))
      .map((piece) => [piece.slice(3, piece.indexOf('\n')), piece.trim()]),
  )
  held.set(parts[part], section.trim())
  const sections = Object.values(parts).flatMap((title) => held.get(title) ?? [])
  return `${[about.trim(), ...sections].join('\n\n')}\n`
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { 'last-look': { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !isPart(name))
if (unknown.length > 0) {
  note(
    `There is no part ${unknown.join(', ')}; give any of ${Object.keys(parts).join(', ')}, or none for all.`,
  )
  process.exitCode = 2
} else if (!haveSets()) {
  note(
    `There are no sets in ${setsFolder}; set ASSAY_BENCH to their folder (bench/README.md says what it holds).`,
  )
  process.exitCode = 1
} else {
  const chosen = positionals.length === 0 ? Object.keys(parts) : positionals
  for (const part of chosen.filter(isPart)) {
    note(`measuring ${part} …`)
    const section = measure(part, part === 'quality' && values['last-look'] ? ['--last-look'] : [])
    if (section === null) process.exitCode = 1
    else {
      writeFileSync(
        results,
        withSection(existsSync(results) ? readFileSync(results, 'utf8') : '', part, section),
      )
      note(`wrote the section of ${part} into bench/results.md`)
    }
  }
}
