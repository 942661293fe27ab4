/**
 * The embedded server, shared by every process that uses the data folder. Nobody owns it: each process holds one
 * connection with a shared lock as its membership, the first starts the server, the last one to leave stops it. The
 * system ends a killed process's membership with its connection; a server that nobody was left to stop is joined by the
 * next process, and stopped by it, or stops by itself when none comes (presence.ts).
 */
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { AssayError } from '#domain/errors.ts'
import { diskFull } from '#io/full-disk.ts'
import type { Journal } from '#io/journal.ts'
import { clientOptionsOf, type Place } from '../connection/pool.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, databaseName, databaseUser, prepareCluster } from './cluster.ts'
import { failureOf } from './failures.ts'
import { postmasterState, startPostmaster, stopPostmaster } from './postmaster.ts'
import { announcePresence, watchPresence } from './presence.ts'

export interface EmbeddedServer {
  place: Place
  /** Stops the server when no other process is using it. */
  leave(): Promise<void>
}

/** Of the advisory lock that members share; no other part of Assay uses this number. */
const membershipKey = 4_101_870_002

const lookMs = 15
/** Recovery after a power cut on a slow disk; an ordinary start takes a tenth of a second. */
const startMs = 120_000
const retryMs = 100
const rejoinMs = 500

/**
 * Joins the server of a data folder, and starts it where none runs.
 * @throws forbidden, invalid, conflict or unavailable, each with what to do
 */
export async function joinServer(dataFolder: string, journal?: Journal): Promise<EmbeddedServer> {
  const cluster = await prepareCluster(dataFolder, await findBinaries())
  const { socketFolder } = cluster
  const place = { socketFolder, user: databaseUser, database: databaseName, dataFolder }
  const leaving = new AbortController()
  const presence = announcePresence(cluster)
  let member = await becomeMember(cluster, place, leaving.signal).catch((error: unknown) => {
    presence.leave()
    throw error
  })
  let rejoining: Promise<void> | undefined
  keepMembership()

  function keepMembership(): void {
    member.on('end', () => {
      if (!leaving.signal.aborted) rejoining = rejoin()
    })
  }

  /** A server that was killed is started again, by whichever member is first. */
  async function rejoin(): Promise<void> {
    journal?.warn('embedded database went away')
    let told = ''
    while (!leaving.signal.aborted) {
      try {
        member = await becomeMember(cluster, place, leaving.signal)
        keepMembership()
        return journal?.info('embedded database is back')
      } catch (cause) {
        if (leaving.signal.aborted) return
        const reason = cause instanceof Error ? cause.message : String(cause)
        if (reason !== told) journal?.error('embedded database does not come back yet', { cause })
        told = reason
        await wait(rejoinMs)
      }
    }
  }

  return {
    place,
    async leave() {
      leaving.abort()
      await rejoining
      await endMembership(cluster, member)
      presence.leave()
    },
  }
}

async function becomeMember(cluster: Cluster, place: Place, leaving: AbortSignal): Promise<pg.Client> {
  let started: ReturnType<typeof startPostmaster> | undefined
  let failure: Error | undefined
  for (let waitedMs = 0; waitedMs < startMs && !leaving.aborted; waitedMs += lookMs) {
    const found = postmasterState(cluster)
    // Asked also where the file names no process of ours: it may run in another container on the same folder.
    if (found.state === 'stopped' || found.ready) {
      const member = await tryMembership(cluster, place)
      if (member) return member
    }
    if (failure) throw failure
    if (found.state === 'stopped' && !started) {
      started = start(cluster)
      void started.ended.then(async (outcome) => {
        if (outcome !== 'lost') failure = outcome
        await wait(retryMs)
        started = undefined
      })
    }
    await wait(lookMs)
  }
  throw new AssayError(
    'unavailable',
    `The database in ${cluster.dataFolder} is still starting; try again in a minute.`,
  )
}

function start(cluster: Cluster): ReturnType<typeof startPostmaster> {
  try {
    const started = startPostmaster(cluster)
    watchPresence(cluster)
    return started
  } catch (error) {
    throw failureOf(error, cluster.dataFolder)
  }
}

/** Null when the server is not there, not ready yet, or being stopped by its last member. */
async function tryMembership(cluster: Cluster, place: Place): Promise<pg.Client | null> {
  const client = new pg.Client({ ...clientOptionsOf(place), application_name: 'assay member' })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    if (rows[0]?.data_directory !== cluster.data) {
      throw new AssayError(
        'conflict',
        `Another database answers at ${cluster.socketFolder}; use another data folder.`,
      )
    }
    // Waits while the last member stops the server, and then fails with the connection.
    await client.query('select pg_advisory_lock_shared($1)', [membershipKey])
    return client
  } catch (error) {
    await client.end().catch(() => {})
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EACCES' || code === 'EPERM' || error instanceof AssayError)
      throw failureOf(error, cluster.dataFolder)
    if (code === '53100') throw diskFull(cluster.dataFolder, error)
    if (code === '53300') {
      throw new AssayError('unavailable', 'All connections of the database are in use; try again shortly.', {
        cause: error,
      })
    }
    return null
  }
}

/** Alone, the server is stopped while nobody can join; beside others, only this membership ends. */
async function endMembership(cluster: Cluster, member: pg.Client): Promise<void> {
  const alone = await isLastMember(member)
  if (alone) await stopPostmaster(cluster)
  await member.end().catch(() => {})
}

/** True keeps others from joining until the connection ends; false also when the server is gone already. */
async function isLastMember(member: pg.Client): Promise<boolean> {
  try {
    await member.query('select pg_advisory_unlock_shared($1)', [membershipKey])
    const { rows } = await member.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      membershipKey,
    ])
    return rows[0]?.alone ?? false
  } catch {
    return false
  }
}
