/** Promises 2 and 6 of the product, at the edge where requests come in. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { ClaimReview } from '#domain/claim-review.ts'
import { openTestSite } from './open-test-site.ts'
import { wall } from './records.ts'

const site = openTestSite(wall)
const speaker = 'Zacharias Quillfeather'

describe('nobody is profiled: who said something is passed through, and nothing else', () => {
  test('the speaker stands in the publisher’s own record', async () => {
    const page = await site.json<{ claimReviews: ClaimReview[] }>('/api/v1/claim-reviews?words=wall+naked')
    expect(page.claimReviews.map(({ claimant }) => claimant)).toContain(speaker)
  })

  test('no parameter of any route is about a speaker', async () => {
    const { paths } = await site.json<{
      paths: Record<string, Record<string, { parameters?: { name: string }[] }>>
    }>('/openapi.json')
    const names = Object.values(paths)
      .flatMap((path) => Object.values(path))
      .flatMap(({ parameters = [] }) => parameters.map(({ name }) => name))
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => /claimant|speaker|author|person|said|sender/i.test(name))).toEqual([])
  })

  test.each([
    '/api/v1/answers?q=Zacharias+Quillfeather',
    '/api/v1/claim-reviews?words=Quillfeather',
    '/v1alpha1/claims:search?query=Zacharias+Quillfeather',
  ])('asking for a speaker finds nothing: %s', async (path) => {
    expect(await (await site.fetch(path)).text()).not.toContain(speaker)
  })

  test.each(['claimant', 'speaker', 'author'])('a made-up filter by %s filters nothing', async (name) => {
    const all = await site.json('/api/v1/claim-reviews')
    expect(await site.json(`/api/v1/claim-reviews?${name}=nobody`)).toEqual(all)
  })
})

describe('whoever asks stays unknown', () => {
  const canary = 'canary7f3b9c'
  const headers = {
    'User-Agent': `${canary}-agent`,
    Referer: `https://${canary}-referrer.example/`,
    Cookie: `id=${canary}-cookie`,
    'X-Forwarded-For': '203.0.113.77',
    'X-Real-IP': '203.0.113.77',
    'Accept-Language': `en;q=0.9, x-${canary}`,
    From: `${canary}@mail.example`,
    Authorization: `Bearer ${canary}`,
  }

  test('nothing of a request is in the database, the data folder, the metrics or the journal', async () => {
    await site.fetch(`/api/v1/answers?q=${canary}-question`, { headers })
    await site.post(
      '/api/v1/answers',
      { text: `${canary} text`, links: [`https://${canary}.example/`] },
      { headers },
    )
    await site.post('/api/v1/answers', `{"text": ${canary}`, { headers })
    await site.post('/api/v1/answers', { text: 5, [canary]: canary }, { headers })
    await site.fetch(`/v1alpha1/claims:search?query=${canary}&key=${canary}`, { headers })
    await site.fetch(`/api/v1/claim-reviews?words=${canary}&cursor=${canary}`, { headers })
    await site.fetch(`/api/${canary}`, { headers })
    await site.fetch(`/${canary}`, { headers })

    const metrics = await (await site.fetch('/metrics')).text()
    const kept = [...site.journal, metrics, ...(await allRows()), ...(await allFiles(site.dataFolder))].join(
      '\n',
    )
    expect(kept).toContain('assay_requests_total')
    expect(kept).toContain(speaker)
    expect(kept).not.toContain(canary)
    expect(kept).not.toContain('203.0.113.77')
    expect(site.journal.join('\n')).not.toContain('127.0.0.1')
  })

  async function allRows(): Promise<string[]> {
    const { db } = site.site.needs
    const tables = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`.execute(db)
    const rows = []
    for (const { name } of tables.rows) {
      const found = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db)
      rows.push(...found.rows.map(({ row }) => row))
    }
    return rows
  }
})

async function allFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
}
