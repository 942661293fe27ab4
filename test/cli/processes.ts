/** The real command line as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Done {
  code: number | null
  stdout: string
  stderr: string
}

export type Settings = Record<string, string>

export function start(args: string[], settings: Settings = {}): ChildProcess {
  const { PATH = '' } = process.env
  return spawn(process.execPath, [main, ...args], { env: { PATH, ...settings }, stdio: 'pipe' })
}

/** To its end. */
export async function assay(args: string[], settings: Settings = {}, input = ''): Promise<Done> {
  const child = start(args, settings)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (bytes) => (stdout += bytes))
  child.stderr?.on('data', (bytes) => (stderr += bytes))
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  const code = await endOf(child)
  return { code, stdout, stderr }
}

export function endOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', resolve))
}

export interface Serving {
  url: string
  child: ChildProcess
  /** Everything that it said on standard error so far. */
  remarks(): string
}

/** Resolves when it says where it answers; rejects with what it said when it ended before. */
export function serve(args: string[], settings: Settings): Promise<Serving> {
  const child = start(['serve', ...args], settings)
  let said = ''
  let remarks = ''
  child.stderr?.on('data', (bytes) => (remarks += bytes))
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (bytes) => {
      said += bytes
      const [, url] = /Assay answers at (\S+)\n/.exec(said) ?? []
      if (url) resolve({ url, child, remarks: () => remarks })
    })
    child.once('close', (code) => reject(new Error(`serve ended with ${code}: ${remarks}`)))
  })
}
