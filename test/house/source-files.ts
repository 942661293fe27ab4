/** The source files of the tree, as the house rules read them. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  path: string
  text: string
}

/** Every file that git tracks or would track below the given paths, except binary ones. */
export function sourceFiles(...below: string[]): SourceFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...below],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  return listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter((file) => !file.text.includes('\0'))
}

/** What a file imports, as written: static, dynamic and re-exporting imports; type-only ones too. */
export function importsOf(text: string): string[] {
  const found = new Set<string>()
  for (const pattern of [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
    /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ]) {
    for (const match of text.matchAll(pattern)) found.add(match[1]!)
  }
  return [...found]
}

/** The path below the root that an import means; null for packages and Node's own modules. `?url` says how, not what. */
export function resolveImport(from: string, written: string): string | null {
  const specifier = written.split('?', 1)[0]!
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`
  if (!specifier.startsWith('.')) return null
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
