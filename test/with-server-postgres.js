/**
 * Runs a command against a PostgreSQL server of this machine, made for it and removed after it:
 *   node test/with-server-postgres.js npx vitest run
 * The command finds its address in ASSAY_TEST_DATABASE_URL. Exits as the command does; 3 when no PostgreSQL is here.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [command, ...args] = process.argv.slice(2)
if (command === undefined) {
  process.stderr.write('Say what to run: node test/with-server-postgres.js <command> [arguments]\n')
  process.exit(2)
}
const programs = findPrograms()
if (programs === null) {
  process.stderr.write('There is no PostgreSQL server here; on Debian: apt-get install postgresql\n')
  process.exit(3)
}

const owner = process.getuid?.() === 0 ? accountOf('postgres') : null
const folder = mkdtempSync(join(tmpdir(), 'assay-server-'))
if (owner) chownSync(folder, owner.uid, owner.gid)
const data = join(folder, 'data')
const port = await freePort()
let code = 1
const server = await startServer()
try {
  code = await runCommand()
} finally {
  await stopServer()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)

/** Newest first; PATH where no Debian folders are. */
function findPrograms() {
  const debian = '/usr/lib/postgresql'
  const folders = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(debian, version, 'bin'))
    : []
  return (
    [...folders, ...(process.env.PATH ?? '').split(':')].find((path) => existsSync(join(path, 'initdb'))) ??
    null
  )
}

function accountOf(name) {
  const id = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort() {
  return new Promise((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port: found } = listener.address()
      listener.close(() => resolve(found))
    })
  })
}

async function startServer() {
  const options = { ...owner, cwd: folder, stdio: 'ignore' }
  const flags = ['-D', data, '-U', 'assay', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), flags, options)
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`]
  const started = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    options,
  )
  for (let tries = 0; tries < 600 && !isReady(); tries++) await new Promise((done) => setTimeout(done, 50))
  return started
}

function isReady() {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').includes('ready')
  } catch {
    return false
  }
}

function runCommand() {
  const url = `postgres://assay@127.0.0.1:${port}/postgres`
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ASSAY_TEST_DATABASE_URL: url },
  })
  // The command gets the same signal from the terminal; the server is stopped once it has ended.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(1)
    })
    child.on('exit', (status) => resolve(status ?? 1))
  })
}

function stopServer() {
  if (server.exitCode !== null) return
  return new Promise((resolve) => {
    server.on('exit', resolve)
    server.kill('SIGINT')
  })
}
