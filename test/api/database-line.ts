/** A line to the database that a test can cut and mend: what a restart or a lost network looks like from here. */
import { mkdtemp, rm } from 'node:fs/promises'
import {
  connect,
  createServer,
  type ListenOptions,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Place } from '#io/database/connection/pool.ts'

export interface DatabaseLine {
  /** The same database, reached through the line. */
  place: Place
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

const socketName = '.s.PGSQL.5432'

export async function openDatabaseLine(to: Place): Promise<DatabaseLine> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-line-'))
  const sockets = new Set<Socket>()
  let at: ListenOptions = 'url' in to ? { host: '127.0.0.1', port: 0 } : { path: join(folder, socketName) }
  let server = await listen()
  const address = server.address()
  if (address !== null && typeof address === 'object') at = { host: '127.0.0.1', port: address.port }

  async function listen(): Promise<Server> {
    const opened = createServer((near) => {
      const far = connect(targetOf(to))
      for (const [one, other] of [[near, far] as const, [far, near] as const]) {
        sockets.add(one)
        one.on('error', () => {})
        one.on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        one.pipe(other)
      }
    })
    await new Promise<void>((resolve) => opened.listen(at, resolve))
    return opened
  }

  async function cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  return {
    place: placeThrough(to, folder, at.port),
    cut,
    mend: async () => {
      server = await listen()
    },
    close: async () => {
      if (server.listening) await cut()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function targetOf(to: Place): NetConnectOpts {
  if (!('url' in to)) return { path: join(to.socketFolder, socketName) }
  const { hostname, port } = new URL(to.url)
  return { host: hostname, port: Number(port || 5432) }
}

function placeThrough(to: Place, folder: string, port: number | undefined): Place {
  if (!('url' in to)) return { ...to, socketFolder: folder }
  const url = new URL(to.url)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return { url: url.href }
}
