/**
 * Who uses the embedded server, known to the system itself: each process holds a pipe open, and a killed one lets go of
 * it. Beside the server waits a shell for the last of them to let go, and then stops what nobody was left to stop.
 */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, constants, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'

export interface Presence {
  leave(): void
}

const pipeName = 'present'
/** For a process that comes just when the last one was killed: it finds the server running. */
const graceSeconds = 2

/** Where the folder takes no pipes, nothing watches: the next process that uses the folder joins what it finds. */
export function announcePresence({ home }: Pick<Cluster, 'home'>): Presence {
  const pipe = pipeOf(home)
  if (!isPipe(pipe)) spawnSync('mkfifo', ['-m', '600', pipe], { stdio: 'ignore' })
  if (!isPipe(pipe)) return { leave: () => {} }
  // Open for both, since a pipe that nobody reads cannot be opened for writing only; nothing is ever written.
  const held = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  let present = true
  return {
    leave: () => {
      if (present) closeSync(held)
      present = false
    },
  }
}

/** Starts the shell that stops the server when nobody is present; call while this process is. */
export function watchPresence({ home }: Pick<Cluster, 'home'>): void {
  if (watchers.has(home) || !isPipe(pipeOf(home))) return
  const env = { PATH: process.env.PATH }
  const child = spawn('sh', ['-c', watch], { cwd: home, env, detached: true, stdio: 'ignore' })
  watchers.add(home)
  const gone = () => watchers.delete(home)
  child.on('error', gone)
  child.on('exit', gone)
  child.unref()
}

/** The homes that this process has a shell waiting for: a server that comes back needs no second one. */
const watchers = new Set<string>()

/**
 * `cat` ends when nobody holds the pipe; a read that would have to wait means that somebody does again. Only the server
 * that ran when the last one let go is stopped: one that was started since belongs to whoever started it.
 */
const watch = `
while cat ${pipeName} > /dev/null; do
  [ -e data/postmaster.pid ] || exit 0
  read -r pid < data/postmaster.pid
  sleep ${graceSeconds}
  dd if=${pipeName} of=/dev/null count=1 iflag=nonblock 2> /dev/null || continue
  read -r now < data/postmaster.pid && [ "$now" = "$pid" ] && kill -s INT "$pid"
  exit
done`

function pipeOf(home: string): string {
  return join(home, pipeName)
}

function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false
}
