#!/usr/bin/env node
// The command line's door: plain JavaScript that any Node ≥ 18 can start. The program itself is TypeScript that runs
// unbuilt, which takes Node ≥ 22.18: an older Node hands over to the one that set-up put into node_modules.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const ownNode = `${modules}/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`

/** What Node compiled is kept here: every start but the first takes half the time. Where it cannot be written, nothing is kept. */
const compiled = `${modules}/.cache/assay`

const [major, minor] = process.versions.node.split('.').map(Number)
const recent = major > 22 || (major === 22 && minor >= 18)

if (!existsSync(modules) || (!recent && !existsSync(ownNode))) {
  process.stderr.write('assay: this folder is not set up yet; run: npm run setup\n')
  process.exitCode = 1
} else if (recent) {
  module.enableCompileCache(compiled)
  await import(main)
} else {
  handOver()
}

/** The open channel tells the program when this process is gone, even when it was killed, or is told to stop. */
function handOver() {
  const child = spawn(ownNode, [main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  // Ctrl-C reaches the program from the terminal too, and a second signal would cut it off.
  const pass = (signal) => (child.connected ? child.disconnect() : child.kill(signal))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
  child.on('error', (error) => {
    process.stderr.write(`assay: could not start ${ownNode}: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}
