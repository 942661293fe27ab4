/** However `npm start` is ended, the server behind it ends well: nothing keeps the port or the data folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { freshSettings, type Settings } from './assay.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const setup = new URL('../../scripts/setup.js', import.meta.url).href
const settings = await freshSettings()

const started: ChildProcess[] = []
afterEach(() => {
  for (const { pid } of started.splice(0)) {
    try {
      if (pid) process.kill(-pid, 'SIGKILL')
    } catch {
      // Its whole group has ended, as it should.
    }
  }
})

/** As `npm start` does it: npm, its shell, our script, the server; a group of processes of its own, as in a terminal. */
async function start(own: Settings): Promise<{ npm: ChildProcess; url: string }> {
  const script = `const { watch } = await import(${JSON.stringify(setup)})
    process.exitCode = await watch(process.execPath, [${JSON.stringify(main)}, 'serve'], { channel: true })`
  const npm = spawn(
    'sh',
    [
      '-c',
      'sh -c \'"$0" --input-type=module -e "$1"; exit $?\' "$0" "$1"; exit $?',
      process.execPath,
      script,
    ],
    {
      env: { PATH: process.env.PATH, ...own, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  )
  started.push(npm)
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    npm.stdout?.on('data', (bytes) => {
      said += bytes
      const [, address] = /Assay answers at (\S+)\n/.exec(said) ?? []
      if (address) resolve(address)
    })
    npm.once('close', (code) => reject(new Error(`ended with ${code} before it served`)))
  })
  return { npm, url }
}

/** Of the group that npm leads: its shell, our script, the server. */
function isRunning(npm: ChildProcess): boolean {
  try {
    return process.kill(-npm.pid!, 0)
  } catch {
    return false
  }
}

const isServing = (url: string) =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  )

const soon = { timeout: 40_000, interval: 100 }

test.each(['SIGTERM', 'SIGKILL'] as const)('npm alone gets %s: the server ends by itself', async (signal) => {
  const { npm, url } = await start(settings)
  npm.kill(signal)
  await vi.waitFor(() => expect(isRunning(npm)).toBe(false), soon)
  expect(await isServing(url)).toBe(false)
})

test('Ctrl-C, which every process of the terminal gets, stops the database too', async () => {
  const { npm, url } = await start(settings)
  process.kill(-npm.pid!, 'SIGINT')
  await vi.waitFor(() => expect(isRunning(npm)).toBe(false), soon)
  expect(await isServing(url)).toBe(false)
  const postmaster = join(settings.ASSAY_DATA!, 'postgres', 'data', 'postmaster.pid')
  expect(existsSync(postmaster)).toBe(false)
})
