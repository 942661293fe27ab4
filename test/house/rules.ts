/** The rules of the house as pure functions over files: each returns what is broken and what to do about it. */
import { importsOf, resolveImport, type SourceFile } from './source-files.ts'

/** Left to right; imports only point right, and folders in one step never import each other. */
export const importLine = [
  ['cli'],
  ['web', 'api', 'worker'],
  ['flows'],
  ['io'],
  ['formats', 'matching'],
  ['domain'],
] as const

const stepOf = new Map(
  importLine.flatMap((step, at) => step.map((folder) => [folder as string, at] as const)),
)
const pure = ['domain', 'formats', 'matching']

/** What the pages and the API may take from the tables without a flow. */
const readsOnly = /^(find|get|list|count)[A-Z]/

function folderOf(path: string): string | null {
  const [root, folder, rest] = path.split('/')
  return root === 'src' && folder !== undefined && rest !== undefined ? folder : null
}

export function problemsOfImportLine(files: SourceFile[]): string[] {
  const problems: string[] = []
  for (const file of files) {
    const folder = folderOf(file.path)
    if (folder === null) continue
    const from = stepOf.get(folder)
    if (from === undefined) {
      problems.push(
        `${file.path}: src/${folder} is not on the import line; put the file into one of its folders`,
      )
      continue
    }
    for (const specifier of importsOf(file.text)) {
      const target = resolveImport(file.path, specifier)
      const into = target === null ? null : folderOf(target)
      if (target === 'src/config.ts' && pure.includes(folder)) {
        problems.push(`${file.path}: imports src/config.ts; hand the value in instead`)
      }
      if (target === null || into === null) continue
      const to = stepOf.get(into)
      if (into === folder) {
        if (
          folder === 'flows' &&
          target.split('/')[2] !== file.path.split('/')[2] &&
          target.split('/').length > 3
        ) {
          problems.push(
            `${file.path}: a flow imports the flow ${target}; leave a row or a job for it instead`,
          )
        }
      } else if (to === undefined || to <= from) {
        problems.push(`${file.path}: imports ${target}; imports only point right on the import line`)
      }
    }
  }
  return problems
}

export function problemsOfWrites(files: SourceFile[]): string[] {
  const problems: string[] = []
  for (const file of files) {
    if (!/^src\/(web|api)\//.test(file.path)) continue
    const imports = /import\s*(type\s*)?\{([^}]*)\}\s*from\s*['"]#io\/database\/[^'"]+['"]/g
    for (const [, typeOnly, names] of file.text.matchAll(imports)) {
      if (typeOnly) continue
      for (const name of names!.split(',').map((part) => part.trim().split(/\s/)[0]!)) {
        if (name !== '' && name !== 'type' && !readsOnly.test(name)) {
          problems.push(
            `${file.path}: takes ${name} from the tables; pages and API only find, get, list or count, writes go through a flow`,
          )
        }
      }
    }
  }
  return problems
}

/** Of `node:crypto` what is a function of its input may stand in pure code: hashing, signing, checking. */
const impure: [RegExp, string][] = [
  [/from\s*['"]node:(?!assert|crypto)/, 'a module of Node'],
  [/\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/, 'the clock'],
  [
    /\bMath\.random\(|\bcrypto\.(getRandomValues|random\w+)\(|\b(random(Bytes|UUID|Int|Fill)|generateKey)\w*[^'"]*from\s*['"]node:crypto/,
    'randomness',
  ],
  [/\bprocess\.|\bfetch\(|\bsetTimeout\(|\bsetInterval\(/, 'the process, the network or a timer'],
]

export function problemsOfPurity(files: SourceFile[]): string[] {
  return files
    .filter((file) => pure.includes(folderOf(file.path) ?? '') && !file.path.endsWith('.test.ts'))
    .flatMap((file) =>
      impure
        .filter(([pattern]) => pattern.test(withoutComments(file.text)))
        .map(([, what]) => `${file.path}: sees ${what}; pure code is handed what it needs`),
    )
}

/** Ways to others that go round the guard: resolved addresses are checked in io/net only. */
const waysOut =
  /(?<![.\w])fetch\(|\bimport\((?=['"]node:(https?|net|tls|dgram|dns))|^import (?!type)[^;'"]*?from ['"](undici|node:(https?|net|tls|dgram|dns))(\/\w+)?['"]/m

/** Pages run in a reader's browser, whose policy lets them ask this site alone. `allowed`: with a reason each. */
export function problemsOfWaysOut(files: SourceFile[], allowed: ReadonlyMap<string, string>): string[] {
  return files
    .filter(({ path }) => /^src\/(?!io\/net\/|web\/)/.test(path) && !path.endsWith('.test.ts'))
    .filter(({ path, text }) => !allowed.has(path) && waysOut.test(withoutComments(text)))
    .map(
      ({ path }) => `${path}: goes out by itself; take the fetcher of src/io/net, which guards every way out`,
    )
}

/** A test that waits for time to pass is slow on a quick machine and wrong on a slow one. */
export function problemsOfSleeps(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.endsWith('.test.ts'))
    .filter(({ text }) =>
      /new Promise[^;]{0,60}\bsetTimeout\(|['"](node:)?timers\/promises['"]|\bwaitForTimeout\(/.test(text),
    )
    .map(({ path }) => `${path}: sleeps; wait for what is expected (vi.waitFor), or hand in a clock`)
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

export const linesMax = 400
export const filesMax = 20

export function problemsOfSizes(files: SourceFile[], allowed: ReadonlyMap<string, string>): string[] {
  const problems: string[] = []
  const folders = new Map<string, number>()
  for (const file of files) {
    const lines = file.text.split('\n').length - 1
    if (lines > linesMax && !allowed.has(file.path)) {
      problems.push(`${file.path}: ${lines} lines, at most ${linesMax}; split it by what its parts are about`)
    }
    const folder = file.path.split('/').slice(0, -1).join('/')
    if (!file.path.endsWith('.test.ts')) folders.set(folder, (folders.get(folder) ?? 0) + 1)
  }
  for (const [folder, count] of folders) {
    if (count > filesMax && !allowed.has(folder))
      problems.push(`${folder}: ${count} files, at most ${filesMax}; group them in folders`)
  }
  return problems
}

/** Source files that no entry reaches by imports. */
export function problemsOfOrphans(files: SourceFile[], isEntry: (path: string) => boolean): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = new Set<string>()
  const open = files.filter((file) => isEntry(file.path)).map((file) => file.path)
  while (open.length > 0) {
    const path = open.pop()!
    const file = byPath.get(path)
    if (!file || reached.has(path)) continue
    reached.add(path)
    for (const specifier of importsOf(file.text)) {
      const target = resolveImport(path, specifier)
      if (target !== null) open.push(target, `${target}.ts`, target.replace(/\.js$/, '.ts'))
    }
  }
  return files
    .filter(
      (file) => /\.(ts|svelte)$/.test(file.path) && !file.path.endsWith('.d.ts') && !reached.has(file.path),
    )
    .map((file) => `${file.path}: nothing that runs imports it; use it or delete it`)
}

const bannedNames = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'lib',
  'services',
  'service',
  'types',
  'manager',
  'misc',
]

export function problemsOfNames(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const words = file.path.toLowerCase().split(/[/.]/)
    const banned = bannedNames.filter(
      (name) => words.includes(name) || words.some((word) => word.endsWith(`-${name}`)),
    )
    return banned.map(
      (name) => `${file.path}: "${name}" says nothing; name it after the noun or verb it holds`,
    )
  })
}

/** Letters are split so that this file does not break its own rule. */
const bannedWords: [RegExp, string][] = [
  [/\b(FIX{1}ME|TO{1}DO|XX{2})\b/, 'do it now or write an issue'],
  [/\bas an[y]\b|:\s*an[y]\b(?=\s*[,;)=[\]}])/, 'name the type'],
  [/@ts-(ignor[e]|nochec[k])/, 'mend the type'],
  [/registry\.(npmjs|yarnpkg)\.[a-z]+/, 'no package registry is named here'],
  [/(^|[^\w.~-])\/(work|farm)\//, 'no path of a machine belongs here'],
  [/\b(test|it|describe)\.(onl[y]|ski[p]|tod[o])\(/, 'no test is switched off or runs alone'],
]

export function problemsOfWords(files: SourceFile[]): string[] {
  return files
    .filter((file) => file.path !== 'package-lock.json')
    .flatMap((file) =>
      bannedWords.flatMap(([pattern, advice]) => {
        const match = pattern.exec(file.text)
        return match ? [`${file.path}: ${JSON.stringify(match[0].trim())}: ${advice}`] : []
      }),
    )
}

/** Words that PRODUCT.md gives one meaning: the operator reads a journal, only the transparency log is a log. */
export function problemsOfVocabulary(files: SourceFile[]): string[] {
  const misuses: [RegExp, string][] = [
    [
      /\bconsole\.(log|info|warn|error|debug)\(/,
      'write to the journal, or to standard output through the command context',
    ],
    [/\b(getLogger|createLogger)\b/, 'what the operator reads is the journal'],
  ]
  return files
    .filter((file) => file.path.startsWith('src/') && !file.path.endsWith('.test.ts'))
    .flatMap((file) =>
      misuses
        .filter(([pattern]) => pattern.test(withoutComments(file.text)))
        .map(([, advice]) => `${file.path}: ${advice}`),
    )
}
