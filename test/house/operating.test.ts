import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCodes, httpStatus } from '#domain/errors.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('docs/operating.md lists every setting, and no other', () => {
  const settings = new Set(
    Array.from(read('src/config.ts').matchAll(/\benv\.([A-Z_]+)/g), ([, name]) => name),
  )
  const table = read('docs/operating.md').split('## Settings')[1]!.split('\n## ')[0]!
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const listed = rows.flatMap((row) =>
    Array.from(row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g), ([, name]) => name),
  )
  expect(listed.sort()).toEqual([...settings].sort())
})

test('docs/errors.md tells every code with the status that it is sent with', () => {
  const rows = Array.from(
    read('docs/errors.md').matchAll(/^\| `(\w+)` \| (\d+) \|/gm),
    ([, code, status]) => [code, Number(status)],
  )
  for (const code of errorCodes) expect(rows).toContainEqual([code, httpStatus[code]])
})
