/** What else could search the same claims: SQLite's FTS5 and MiniSearch, each as its own documentation sets it up. */
import { DatabaseSync } from 'node:sqlite'
import MiniSearch from 'minisearch'
import type { FileClaim } from '#flows/evaluate/read-files.ts'

export interface Rival {
  name: string
  /** Ids, best first. */
  search(text: string, limit: number): string[]
}

const fieldsOf = ({ review }: FileClaim) => ({
  claim: review.claim,
  title: review.title ?? '',
  summary: review.summary ?? '',
  body: review.body ?? '',
})

/** Porter stems, bm25 over claim, title, summary and body, any word of the message. Source: sqlite.org/fts5.html */
export function createFts5(claims: readonly FileClaim[]): Rival {
  const db = new DatabaseSync(':memory:')
  db.exec(
    `create virtual table claims using fts5(id unindexed, claim, title, summary, body, tokenize = 'porter unicode61')`,
  )
  const insert = db.prepare('insert into claims values (?, ?, ?, ?, ?)')
  db.exec('begin')
  for (const claim of claims) {
    const { claim: text, title, summary, body } = fieldsOf(claim)
    insert.run(claim.id, text, title, summary, body)
  }
  db.exec('commit')
  const find = db.prepare('select id from claims where claims match ? order by rank limit ?')
  return {
    name: 'SQLite FTS5 (porter, bm25)',
    search(text, limit) {
      const words = new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
      if (words.size === 0) return []
      const any = Array.from(words, (word) => `"${word}"`).join(' OR ')
      return find.all(any, limit).map(({ id }) => String(id))
    },
  }
}

/** As its README shows it. Source: lucaong.github.io/minisearch */
export function createMiniSearch(claims: readonly FileClaim[]): Rival {
  const index = new MiniSearch({ fields: ['claim', 'title', 'summary', 'body'] })
  index.addAll(claims.map((claim) => ({ id: claim.id, ...fieldsOf(claim) })))
  return {
    name: 'MiniSearch',
    search: (text, limit) =>
      index
        .search(text)
        .slice(0, limit)
        .map(({ id }) => String(id)),
  }
}
