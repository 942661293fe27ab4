// Set-up, shared by `npm start`, `npm test` and `npm run check`: packages, our own command, the built pages.
// Plain JavaScript without dependencies: it runs on any Node ≥ 18, before anything is installed, and does only what is missing.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const windows = process.platform === 'win32'

/** The Node that the packages brought along. */
export const ownNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node')

/** What Node compiled, kept for the next start (bin/assay.js uses the same). */
export const compiled = join(modules, '.cache', 'assay')

/** For what we start: the packages' commands, `node` among them, come before the machine's. */
export const environment = {
  ...process.env,
  PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`,
}

/** Installs, links and builds what is missing or out of date; a second call takes milliseconds. */
export function setUp({ pages = true } = {}) {
  installPackages()
  linkCommand()
  if (pages) buildPages()
}

function installPackages() {
  if (packagesAreCurrent()) return
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund']
  step('Installing packages (once, about a minute)')
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args])
  else run(windows ? 'npm.cmd' : 'npm', args)
  if (!existsSync(ownNode)) {
    stop('npm did not install the Node that Assay runs on. Run `npm ci` and look at what it says.')
  }
}

/** Whether what npm says it installed is what package-lock.json asks for; packages for other platforms may be missing. */
function packagesAreCurrent() {
  const installed = join(modules, '.package-lock.json')
  if (!existsSync(installed) || !existsSync(ownNode)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (optional && !found[path]) || found[path]?.version === version,
  )
}

/** npm links the commands of a package's dependencies, never its own. */
function linkCommand() {
  const link = join(modules, '.bin', 'assay')
  const target = join('..', '..', 'bin', 'assay.js')
  if (windows) {
    writeFileSync(`${link}.cmd`, `@node "%~dp0\\${target}" %*\r\n`)
    return
  }
  const there = lstatSync(link, { throwIfNoEntry: false })
  if (there?.isSymbolicLink() && readlinkSync(link) === target) return
  if (there) rmSync(link)
  mkdirSync(join(modules, '.bin'), { recursive: true })
  symlinkSync(target, link)
}

function buildPages() {
  const stamp = join(root, 'build', '.sources')
  const sources = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  step('Building the pages')
  rmSync(stamp, { force: true })
  run(ownNode, [join(modules, 'vite', 'bin', 'vite.js'), 'build'])
  writeFileSync(stamp, sources)
}

/** What the built pages can depend on: the import line keeps the other ways in out of them. */
function sourcesHash() {
  const hash = createHash('sha256')
  const outside = ['api', 'cli', 'worker'].map((name) => join(root, 'src', name) + sep)
  const files = [
    ...filesUnder(join(root, 'src')).filter((path) => !outside.some((folder) => path.startsWith(folder))),
    ...readdirSync(root)
      .filter((name) => /^(package-lock\.json|(vite|svelte)\.config\.\w+)$/.test(name))
      .map((name) => join(root, name)),
  ]
  for (const path of files.sort()) {
    if (path.endsWith('.test.ts')) continue
    hash
      .update(`${path.slice(root.length)}\0`)
      .update(readFileSync(path))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesUnder(path)
    return entry.isFile() ? [path] : []
  })
}

/** Says in one line what is being done. */
export function step(sentence) {
  process.stderr.write(`  ${sentence} …\n`)
}

/** Runs to its end in silence; when it fails, shows what it said and stops. */
function run(command, args) {
  const done = spawnSync(command, args, { cwd: root, env: environment, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status === 0) return
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  stop(`\`${[command, ...args].join(' ')}\` failed${done.error ? `: ${done.error.message}` : ''}.`)
}

/**
 * Runs with our terminal until it ends; resolves to its exit code, and passes on what it writes to `onOutput` when given.
 * With `channel` it is told to end by letting go of it: Ctrl-C reaches it from the terminal too, and two signals are haste.
 */
export function watch(command, args, { env = {}, onOutput, channel = false } = {}) {
  const out = onOutput ? 'pipe' : 'inherit'
  const stdio = ['inherit', out, 'inherit', ...(channel ? ['ipc'] : [])]
  const child = spawn(command, args, { cwd: root, env: { ...environment, ...env }, stdio })
  child.stdout?.on('data', (bytes) => {
    process.stdout.write(bytes)
    onOutput(bytes.toString())
  })
  const pass = (signal) => (child.connected ? child.disconnect() : child.kill(signal))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  const unwatch = onStarterGone(() => pass('SIGTERM'))
  return new Promise((resolve) => {
    const end = (code) => {
      unwatch()
      for (const signal of signals) process.off(signal, pass)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

/** How often it is looked whether npm still runs. */
const lookEveryMs = 250

/**
 * Calls back once when npm, which started us, is gone: what ends npm ends its shell, but never tells us.
 * Not started by npm, our starter may leave before us. Returns what ends the watch.
 */
function onStarterGone(gone) {
  if (!process.env.npm_lifecycle_event) return () => {}
  const shell = process.ppid
  const npm = parentOf(shell)
  const timer = setInterval(() => {
    if (process.ppid === shell && (isNpm(shell) || parentOf(shell) === npm)) return
    clearInterval(timer)
    gone()
  }, lookEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** Where the system's shell steps aside for the command, npm itself is our parent, and may outlive its own. */
function isNpm(pid) {
  return /^(npm|node)/.test(processFile(pid, 'comm'))
}

/** Null where the system has no /proc: then only our own parent is watched. */
function parentOf(pid) {
  return /^PPid:\s*(\d+)/m.exec(processFile(pid, 'status'))?.[1] ?? null
}

function processFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

export function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp()
  process.stderr.write('  Ready: npx assay --help\n')
}
