/** The server's main process, known by the file that PostgreSQL itself keeps while it runs. */
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, fchownSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { failureOfOutput } from './failures.ts'
import { commandOf } from './server-user.ts'

export type PostmasterState =
  | { state: 'stopped' }
  /** `ready` once it takes connections; before that it starts, recovers or is on its way out. */
  | { state: 'running'; pid: number; ready: boolean }

/** A kill -9, a restarted machine or a new container leaves the file behind, and its number may be another process by now. */
export function postmasterState({ data }: Pick<Cluster, 'data'>): PostmasterState {
  const lines = pidFile(data)
  const pid = Number(lines[0])
  if (!pid || !commandLine(pid).includes(data)) return { state: 'stopped' }
  return { state: 'running', pid, ready: lines[7]?.trim() === 'ready' }
}

/** Fit for a small machine; on the command line, so that they are this version's and not the folder's. */
const settings: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '50',
  shared_buffers: '128MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_level: 'replica',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  lc_messages: 'C',
}

/** Another process started the server, or the children of one that was killed are still on their way out. */
const isTaken = /lock file .* already exists|pre-existing shared memory block .* is still in use/

/** The server's own journal is started anew beyond this. */
const journalBytesMax = 1_000_000

/**
 * Starts the server as nobody's child in particular: it lives until it is stopped, whatever becomes of this process.
 * Resolves when the process that was started ends early, with what it said; `lost` when another one was faster.
 */
export function startPostmaster(cluster: Cluster): { ended: Promise<'lost' | Error> } {
  const path = join(cluster.home, 'journal.txt')
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const journal = openSync(path, size > journalBytesMax ? 'w+' : 'a+', 0o600)
  const from = size > journalBytesMax ? 0 : size
  const owner = cluster.user.switchTo
  if (owner) fchownSync(journal, owner.uid, owner.gid)
  const flags = Object.entries({ ...settings, unix_socket_directories: cluster.socketFolder }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  )
  const { command, args, options } = commandOf(cluster.user, cluster.binaries.postgres, [
    '-D',
    cluster.data,
    ...flags,
  ])
  const child = spawn(command, args, {
    ...options,
    env: { ...options.env, ...reusedNumber(cluster.data) },
    detached: true,
    stdio: ['ignore', journal, journal],
  })
  child.unref()
  const ended = new Promise<'lost' | Error>((resolve) => {
    child.on('error', resolve)
    child.on('exit', () => {
      const output = readFrom(journal, from)
      resolve(isTaken.test(output) ? 'lost' : failureOfOutput(output, cluster.dataFolder))
    })
  })
  void ended.finally(() => closeSync(journal))
  return { ended }
}

/**
 * PostgreSQL refuses to start while a process of the number in its old file lives, whatever that process is. Called its
 * grandparent, it is passed over; every other check that PostgreSQL makes against a second server stays.
 */
function reusedNumber(data: string): Record<string, string> {
  const pid = Number(pidFile(data)[0])
  return pid && isAlive(pid) && !commandLine(pid).includes(data) ? { PG_GRANDPARENT_PID: String(pid) } : {}
}

const stopMs = 30_000
const lookMs = 10

/** Ends every connection and the server; what was acknowledged is on disk already. */
export async function stopPostmaster(cluster: Pick<Cluster, 'data'>): Promise<void> {
  const found = postmasterState(cluster)
  if (found.state === 'stopped') return
  signal(found.pid, 'SIGINT')
  if (await gone(cluster, found.pid)) return
  // The next start recovers from the write-ahead log, as after a power cut.
  signal(found.pid, 'SIGQUIT')
  await gone(cluster, found.pid)
}

async function gone({ data }: Pick<Cluster, 'data'>, pid: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < stopMs; waitedMs += lookMs) {
    if (!commandLine(pid).includes(data)) return true
    await wait(lookMs)
  }
  return false
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Empty for a process that is not there, or has ended and only waits to be noticed. */
function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** Source: PostgreSQL's pidfile.h: process, data directory, start time, port, socket folder, address, memory key, state. */
function pidFile(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function readFrom(file: number, from: number): string {
  const bytes = Buffer.alloc(20_000)
  return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, from))
}
