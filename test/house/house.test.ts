/** The rules of ARCHITECTURE.md as tests, and for each rule a proof that it can fail. */
import { describe, expect, test } from 'vitest'
import { problemsOfFunctions } from './function-rule.ts'
import * as rules from './rules.ts'
import { type SourceFile, sourceFiles } from './source-files.ts'

const source = sourceFiles('src')
const everything = sourceFiles('.')
const code = everything.filter((file) => /\.(ts|js|svelte|css|sql)$/.test(file.path))

/** Files and folders that may be larger, each with its reason. */
const larger = new Map<string, string>([
  [
    'src/formats/claimreview/parse-claim-reviews.test.ts',
    'one case for each shape of markup, read as a table',
  ],
  ['src/domain', 'one noun, one file, and folders would only say again which walk a noun is of'],
])

/** Files with a longer function, each with its reason. */
const longFunctions = new Map<string, string>([
  ['src/io/metrics.ts', 'the list of what is measured, read as a table'],
  [
    'src/formats/tlog/verify-log.ts',
    'the checks of a log in the order in which each relies on the one before',
  ],
])

/** Files that go out, or listen, beside src/io/net. */
const ownWaysOut = new Map<string, string>([
  ['src/cli/site/listen.ts', 'listens; it asks nobody'],
  [
    'src/cli/log/verify-alone.ts',
    'must run without the rest of Assay, and asks the one address that it was given',
  ],
])

/** Where running starts: the command line, the pages' routes and hooks, and what npm scripts run. */
function isEntry(path: string): boolean {
  return (
    path === 'src/cli/main.ts' ||
    path === 'src/cli/log/verify-alone.ts' ||
    /^src\/web\/(routes\/|hooks)/.test(path) ||
    /^src\/web\/[^/]*\.(html|d\.ts)$/.test(path)
  )
}

function file(path: string, text: string): SourceFile {
  return { path, text }
}

describe('the house', () => {
  test('imports only point right on the import line', () => {
    expect(rules.problemsOfImportLine(source)).toEqual([])
  })

  test('pages and API write through flows only', () => {
    expect(rules.problemsOfWrites(source)).toEqual([])
  })

  test('domain, formats and matching see no clock, randomness, network, file or process', () => {
    expect(rules.problemsOfPurity(source)).toEqual([])
  })

  test('every way out goes through the guard of io/net', () => {
    expect(rules.problemsOfWaysOut(source, ownWaysOut)).toEqual([])
  })

  test('a function fits one screen', () => {
    expect(problemsOfFunctions(source, longFunctions)).toEqual([])
  })

  test('no test sleeps', () => {
    expect(rules.problemsOfSleeps(everything)).toEqual([])
  })

  test('no file is too long and no folder too full', () => {
    expect(rules.problemsOfSizes(code, larger)).toEqual([])
  })

  test('every source file is reached by something that runs', () => {
    const running = sourceFiles('src', 'bench').filter((one) => !one.path.endsWith('.test.ts'))
    expect(rules.problemsOfOrphans(running, (path) => isEntry(path) || path.startsWith('bench/'))).toEqual([])
  })

  test('names say what a thing holds', () => {
    expect(rules.problemsOfNames(everything)).toEqual([])
  })

  test('no leftovers, no machine, no type thrown away', () => {
    expect(rules.problemsOfWords(everything)).toEqual([])
  })

  test('the words of the product are used in their one meaning', () => {
    expect(rules.problemsOfVocabulary(source)).toEqual([])
  })
})

describe('each rule can fail', () => {
  test.each([
    ['a step to the left', 'src/domain/claim.ts', `import { open } from '#io/database/open.ts'`],
    [
      'a neighbour in the same step',
      'src/formats/feeds/parse.ts',
      `import { find } from '../../matching/engine.ts'`,
    ],
    ['the pages into the API', 'src/web/routes/+page.server.ts', `import { app } from '#api/app.ts'`],
    [
      'a flow into a flow',
      'src/flows/send-notices/send.ts',
      `import { publish } from '#flows/publish-review/publish.ts'`,
    ],
    ['settings into pure code', 'src/matching/engine.ts', `import { readConfig } from '#config.ts'`],
    ['a folder that is not on the line', 'src/extra/thing.ts', ''],
  ])('import line: %s', (_name, path, text) => {
    expect(rules.problemsOfImportLine([file(path, text)])).toHaveLength(1)
  })

  test('import line: skipping steps to the right is fine', () => {
    const text = `import { AssayError } from '#domain/errors.ts'\nimport { getClaimReview } from '#io/database/claim-reviews.ts'`
    expect(rules.problemsOfImportLine([file('src/web/routes/+page.server.ts', text)])).toEqual([])
  })

  test('writes: a page that takes an upsert from the tables', () => {
    const text = `import { findClaimReviews, upsertClaimReviews } from '#io/database/claim-reviews.ts'`
    expect(rules.problemsOfWrites([file('src/api/answers.ts', text)])).toHaveLength(1)
  })

  test.each([
    `import fs from 'node:fs'`,
    'const now = Date.now()',
    'const dice = Math.random()',
    'process.exit(1)',
  ])('purity: %s', (text) => {
    expect(rules.problemsOfPurity([file('src/domain/claim.ts', text)])).toHaveLength(1)
    expect(rules.problemsOfPurity([file('src/io/journal.ts', text)])).toEqual([])
  })

  test.each([
    `await fetch('http://169.254.169.254/')`,
    `import { request } from 'node:https'`,
    `import { Agent } from 'undici'`,
  ])('ways out: %s', (text) => {
    expect(rules.problemsOfWaysOut([file('src/flows/ask/ask.ts', text)], ownWaysOut)).toHaveLength(1)
    expect(rules.problemsOfWaysOut([file('src/io/net/ask.ts', text)], ownWaysOut)).toEqual([])
  })

  test('functions: 61 lines of its own, and not those of the functions in it', () => {
    const lines = (count: number) => '  step()\n'.repeat(count)
    const long = file('src/io/long.ts', `function long() {\n${lines(59)}}\n`)
    expect(problemsOfFunctions([long], longFunctions)).toHaveLength(1)
    const parts = `function parts() {\n${lines(30)}function part() {\n${lines(30)}}\n}\n`
    expect(problemsOfFunctions([file('src/io/parts.ts', parts)], longFunctions)).toEqual([])
  })

  test('sleeps: a timer, and a page that waits', () => {
    const timer = `await new Promise((done) => setTime${'out'}(done, 50))`
    const page = `await page.waitFor${'Timeout'}(50)`
    for (const text of [timer, page]) {
      expect(rules.problemsOfSleeps([file('test/x.test.ts', text)])).toHaveLength(1)
    }
  })

  test('sizes: a file of 401 lines and a folder of 21 files', () => {
    expect(rules.problemsOfSizes([file('src/io/long.ts', 'x\n'.repeat(401))], larger)).toHaveLength(1)
    const full = Array.from({ length: 21 }, (_, at) => file(`src/io/full/file-${at}.ts`, ''))
    expect(rules.problemsOfSizes(full, larger)).toHaveLength(1)
  })

  test('orphans: a file that only another orphan imports', () => {
    const files = [
      file('src/cli/main.ts', `import './serve.ts'`),
      file('src/cli/serve.ts', ''),
      file('src/io/lost.ts', `import './found.ts'`),
      file('src/io/found.ts', ''),
    ]
    expect(rules.problemsOfOrphans(files, isEntry)).toHaveLength(2)
  })

  test('names: a folder called after nothing', () => {
    expect(rules.problemsOfNames([file(`src/io/${'util'}s/text.ts`, '')])).toHaveLength(1)
  })

  test.each([`const x = y as ${'any'}`, `// ${'TO'}DO later`, `cd /${'work'}/main`, `test.${'only'}('x')`])(
    'words: %s',
    (text) => {
      expect(rules.problemsOfWords([file('src/io/x.ts', text)])).toHaveLength(1)
    },
  )

  test('vocabulary: a console line in the source', () => {
    expect(rules.problemsOfVocabulary([file('src/io/x.ts', `console.${'log'}(1)`)])).toHaveLength(1)
  })
})
