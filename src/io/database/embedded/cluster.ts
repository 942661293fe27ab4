/** The embedded server's folder: made once, whole or not at all, and checked before every start. */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs'
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AssayError } from '#domain/errors.ts'
import { type Binaries, copyBinaries } from './binaries.ts'
import { failureOf, failureOfOutput, otherMajor } from './failures.ts'
import { isAlive } from './postmaster.ts'
import { canRun, chooseServerUser, commandOf, type ServerUser } from './server-user.ts'

export interface Cluster {
  dataFolder: string
  /** Everything of the server is in here; closed to other users. */
  home: string
  /** PostgreSQL's data directory, without links in its path. */
  data: string
  /** Where its unix socket is. */
  socketFolder: string
  user: ServerUser
  binaries: Binaries
}

export const databaseUser = 'assay'
export const databaseName = 'postgres'

/** Linux takes 107 bytes for the path of a socket, macOS 103; `.s.PGSQL.5432` and a slash are 14 of them. */
const socketFolderBytesMax = 103 - 14

/**
 * The cluster of a data folder, made if it is not there. Several processes may do this at once.
 * @throws forbidden, invalid, conflict or unavailable: the folder cannot be used, is of another version, or the disk is full
 */
export async function prepareCluster(
  dataFolder: string,
  found: Binaries,
  namespacesAllowed?: () => boolean,
): Promise<Cluster> {
  try {
    await mkdir(dataFolder, { recursive: true })
    const home = join(await realpath(dataFolder), 'postgres')
    await mkdir(home, { recursive: true, mode: 0o700 })
    const data = join(home, 'data')
    const user = chooseServerUser(home, namespacesAllowed)
    if (user.switchTo) await handOver(home, user.switchTo)
    const binaries = canRun(user, found.postgres) ? found : await copyBinaries(found, home)
    const socketFolder = socketFolderOf(home, user)
    const cluster = { dataFolder, home, data, socketFolder, user, binaries }
    if (!(await stat(data).catch(() => null))) await createCluster(cluster)
    await checkMajor(cluster)
    return cluster
  } catch (error) {
    throw failureOf(error, dataFolder)
  }
}

/** Everything below the home to the server's user, once. */
async function handOver(home: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  if ((await stat(home)).uid === uid) return
  const { code, output } = await run('chown', ['-R', `${uid}:${gid}`, home], {})
  if (code !== 0) throw new Error(output)
}

/** Built beside its place and moved there when it is whole, so that a kill or a full disk leaves nothing half-made. */
async function createCluster({ dataFolder, home, data, user, binaries }: Cluster): Promise<void> {
  await removeAbandoned(home)
  const half = join(home, `new-${process.pid}-${randomBytes(4).toString('hex')}`)
  const flags = ['--username', databaseUser, '--auth', 'trust', '--encoding', 'UTF8', '--no-instructions']
  const locale = ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
  const { command, args, options } = commandOf(user, binaries.initdb, ['--pgdata', half, ...flags, ...locale])
  const { code, output } = await run(command, args, options)
  if (code !== 0) {
    await rm(half, { recursive: true, force: true })
    throw failureOfOutput(output, dataFolder)
  }
  try {
    await rename(half, data)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    // Another process was faster, and its cluster is as good.
    if (!(await stat(data).catch(() => null))) throw error
    return
  }
  const folder = await open(home)
  await folder.sync()
  await folder.close()
}

async function removeAbandoned(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^(?:new|binaries-\d+)-(\d+)/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(home, name), { recursive: true, force: true })
  }
}

async function checkMajor({ dataFolder, data, binaries }: Cluster): Promise<void> {
  const text = await readFile(join(data, 'PG_VERSION'), 'utf8')
  const major = Number.parseInt(text, 10)
  if (major !== binaries.major) throw otherMajor(dataFolder, major, binaries.major)
}

/** Inside the data folder; where that path is too long for a socket, a private folder that every process finds again. */
function socketFolderOf(home: string, { switchTo }: ServerUser): string {
  const inside = join(home, 'run')
  const fits = Buffer.byteLength(inside) <= socketFolderBytesMax
  const name = `assay-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`
  const folder = fits ? inside : join(tmpdir(), name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!fits) refuseStranger(folder, [process.getuid?.(), switchTo?.uid])
  chmodSync(folder, 0o700)
  if (switchTo) chownSync(folder, switchTo.uid, switchTo.gid)
  return folder
}

/** Anybody can make a folder among the temporary ones, also one that waits for our socket. */
function refuseStranger(folder: string, ours: (number | undefined)[]): void {
  const found = lstatSync(folder)
  if (found.isDirectory() && ours.includes(found.uid)) return
  throw new AssayError(
    'conflict',
    `${folder} belongs to another user; remove it, or use a shorter path for ASSAY_DATA.`,
  )
}

function run(
  command: string,
  args: string[],
  options: object,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (bytes: Buffer) => {
      output += bytes.toString()
    }
    child.stdout!.on('data', keep)
    child.stderr!.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
