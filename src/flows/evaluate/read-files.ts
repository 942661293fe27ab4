/** Reads claims, queries and relevance judgements from files: one JSON object or one tab-separated row a line, `.gz` too. */
import { createReadStream, existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AssayError } from '#domain/errors.ts'
import type { Matchable } from '#matching/engine.ts'

/** Names of a claim's fields in the file, in the order in which `--index-fields` explains them. */
export const indexFields = ['text', 'title', 'subtitle', 'body', 'reference', 'lang', 'date', 'url'] as const
export type IndexField = (typeof indexFields)[number]

export interface FileClaim {
  id: string
  review: Matchable
}

export interface FileQuery {
  id: string
  text: string
}

/** Every claim of a file, with the fields asked for and no others. @throws not_found, invalid */
export async function* readClaims(path: string, fields: ReadonlySet<IndexField>): AsyncGenerator<FileClaim> {
  for await (const { row, where } of readObjects(path)) {
    const value = (field: IndexField) => (fields.has(field) ? textOf(row[field]) : null)
    const parts = [value('body'), value('reference')].filter((part) => part !== null)
    yield {
      id: idOf(row, where),
      review: {
        claim: value('text') ?? '',
        title: value('title'),
        summary: value('subtitle'),
        body: parts.length === 0 ? null : parts.join('\n'),
        lang: value('lang'),
        links: [value('url')].filter((url) => url !== null),
        reviewedAt: dayOf(value('date')),
      },
    }
  }
}

/** The queries whose ids are judged; the others of the file are left aside. @throws not_found, invalid */
export async function readQueries(path: string, judged: ReadonlyMap<string, unknown>): Promise<FileQuery[]> {
  const queries: FileQuery[] = []
  for await (const { row, where } of readObjects(path)) {
    const id = idOf(row, where)
    if (judged.has(id)) queries.push({ id, text: textOf(row.text) ?? '' })
  }
  return queries
}

/** Relevant claim ids of each query: rows of query id, claim id and a judgement, of which 0 means not relevant. */
export async function readJudgements(path: string): Promise<Map<string, Set<string>>> {
  const judgements = new Map<string, Set<string>>()
  let number = 0
  for await (const line of readLines(path)) {
    number++
    if (line.trim() === '') continue
    const [query, claim, relevant = '1'] = line.split('\t').map((cell) => cell.trim())
    if (!query || !claim) {
      throw new AssayError('invalid', `${path}, line ${number}: write query id, tab, claim id, tab, 1.`)
    }
    if (relevant === '0') continue
    const claims = judgements.get(query) ?? new Set()
    judgements.set(query, claims.add(claim))
  }
  return judgements
}

async function* readObjects(path: string): AsyncGenerator<{ row: Record<string, unknown>; where: string }> {
  let number = 0
  for await (const line of readLines(path)) {
    number++
    if (line.trim() === '') continue
    const where = `${path}, line ${number}`
    let row: unknown
    try {
      row = JSON.parse(line)
    } catch (cause) {
      throw new AssayError('invalid', `${where}: is not JSON; write one object a line.`, { cause })
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new AssayError('invalid', `${where}: is not an object; write one object a line.`)
    }
    yield { row: row as Record<string, unknown>, where }
  }
}

/** Lines end at a line feed alone: a text may hold every other separator that Unicode knows. */
async function* readLines(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) throw new AssayError('not_found', `There is no file ${path}; give the path of one.`)
  const file = createReadStream(path)
  const plain: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  file.on('error', (error) => plain.destroy(error))
  plain.setEncoding('utf8')
  try {
    let rest = ''
    for await (const chunk of plain as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      yield* lines
    }
    yield rest
  } catch (cause) {
    throw new AssayError('invalid', `${path} cannot be read; is it whole?`, { cause })
  } finally {
    file.destroy()
  }
}

function idOf(row: Record<string, unknown>, where: string): string {
  const { id } = row
  if (typeof id === 'string' && id !== '') return id
  if (typeof id === 'number') return String(id)
  throw new AssayError('invalid', `${where}: has no id; give every line a string "id".`)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** The day that a date says, in whatever form Date can read; null for others. */
function dayOf(date: string | null): string | null {
  if (date === null) return null
  const time = Date.parse(/\d:\d|Z$/.test(date) ? date : `${date} UTC`)
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10)
}
