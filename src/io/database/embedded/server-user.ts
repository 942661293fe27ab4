/**
 * PostgreSQL refuses to run as root, and containers often have nobody else. As an ordinary user it simply runs; as root
 * it runs in a user namespace where root is called nobody, which needs no other owner for any file, or, where
 * namespaces are forbidden, as the real nobody.
 */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'

export interface ServerUser {
  /** Put before every command of the server. */
  prefix: string[]
  /** Who runs it and owns its files, when that is not whoever runs Assay. */
  switchTo: { uid: number; gid: number } | null
}

const nobody = 65_534
const namespace = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`]

/** @param home the server's folder: whoever made it owns what is in it, also when root comes later */
export function chooseServerUser(home: string, namespacesAllowed = canUnshare): ServerUser {
  const inNamespace = { prefix: namespace, switchTo: null }
  if (process.getuid?.() !== 0)
    return !hasAccount() && namespacesAllowed() ? inNamespace : { prefix: [], switchTo: null }
  const { uid, gid } = statSync(home)
  if (uid !== 0) return { prefix: [], switchTo: { uid, gid } }
  return namespacesAllowed() ? inNamespace : { prefix: [], switchTo: { uid: nobody, gid: nobody } }
}

/** Containers may run under a number that has no name; PostgreSQL wants one, and nobody has one everywhere. */
function hasAccount(): boolean {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}

function canUnshare(): boolean {
  const [command, ...flags] = namespace
  return spawnSync(command!, [...flags, 'true'], { stdio: 'ignore' }).status === 0
}

/** Whether the server's user can read and run a program. */
export function canRun(user: ServerUser, program: string): boolean {
  const { command, args, options } = commandOf(user, program, ['--version'])
  return spawnSync(command, args, { ...options, stdio: 'ignore' }).status === 0
}

/** How to spawn a program as that user, with nothing of our environment that could change what it does. */
export function commandOf(user: ServerUser, program: string, args: string[]) {
  const [command, ...rest] = [...user.prefix, program, ...args]
  return {
    command: command!,
    args: rest,
    options: { env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }, ...user.switchTo },
  }
}
