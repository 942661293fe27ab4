// `npm test`: sets up what is missing, runs every test on the embedded database, then those that need a database once
// more on a PostgreSQL server. What follows `--` goes to the test runner, and then only the embedded run is made.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ownNode, root, setUp, step, stop, watch } from './setup.js'

const args = process.argv.slice(2)
/** What is kept of a run's output to find its closing lines in. */
const closingLength = 4_000
const vitest = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run']

setUp()
installForTests()
installOptional()
process.exitCode = await (args.length > 0 ? watch(ownNode, [...vitest, ...args]) : everything())

async function everything() {
  const runs = [
    { name: 'on the embedded PostgreSQL', command: vitest },
    {
      name: 'on a PostgreSQL server',
      command: [join(root, 'test', 'with-server-postgres.js'), ownNode, ...vitest, ...databaseTests()],
    },
  ]
  const ends = []
  for (const { name, command } of runs) {
    step(`Testing ${name}`)
    let output = ''
    const code = await watch(ownNode, command, {
      env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
      onOutput: (text) => {
        output = (output + text).slice(-closingLength)
      },
    })
    ends.push({ name, code, closing: closingLines(output) })
  }
  for (const { name, code, closing } of ends) {
    process.stdout.write(`\n${code === 0 ? '✓' : '✗'} ${name}\n${closing}\n`)
  }
  return ends.every(({ code }) => code === 0) ? 0 : 1
}

/** The test files that open a database. */
function databaseTests() {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .filter((file) => /fresh-database|open-test-site/.test(readFileSync(join(root, file), 'utf8')))
}

/** From the line that counts files to the end. */
function closingLines(output) {
  const lines = output.trimEnd().split('\n')
  const from = lines.findLastIndex((line) => line.includes('Test Files'))
  return (from < 0 ? lines.slice(-5) : lines.slice(from)).join('\n')
}

/** A browser for the pages and a PostgreSQL server for the second run: installed where that is ours to do. */
function installForTests() {
  const missing = [
    ['chromium', hasProgram('chromium', 'chromium-browser', 'google-chrome')],
    ['postgresql', existsSync('/usr/lib/postgresql') || hasProgram('initdb')],
  ]
    .filter(([, there]) => !there)
    .map(([name]) => name)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !isDebian()) {
    stop(`The tests need ${missing.join(' and ')}. On Debian, as root: apt-get install ${missing.join(' ')}`)
  }
  step(`Installing ${missing.join(' and ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...words) => spawnSync('apt-get', ['-q', '-y', ...words], { env, encoding: 'utf8' })
  apt('update')
  const { status, stdout, stderr } = apt('install', '--no-install-recommends', ...missing)
  if (status !== 0)
    stop(`${stdout ?? ''}${stderr ?? ''}\napt-get could not install ${missing.join(' and ')}.`)
}

/**
 * What only an operator with a model of its own installs (docs/operating.md): in a place of its own, since it is no part
 * of Assay. Where it cannot be had, the tests of that say that they did not run.
 */
function installOptional() {
  const folder = join(root, 'node_modules', '.embedder')
  const packages = ['onnxruntime-node@1.30.0', '@huggingface/tokenizers@0.2.0']
  const isThere = packages.every((name) =>
    existsSync(join(folder, 'node_modules', name.replace(/@[\d.]+$/, ''), 'package.json')),
  )
  if (isThere) return
  step('Installing a runtime for tests of local models')
  mkdirSync(folder, { recursive: true })
  const npm = process.env.npm_execpath
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, ...packages]
  const { status } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...words], { encoding: 'utf8' })
    : spawnSync('npm', words, { encoding: 'utf8' })
  if (status !== 0)
    process.stderr.write('  It cannot be installed: local models are not tested in this run.\n')
}

function hasProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))))
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}
