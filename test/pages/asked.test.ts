/** The public page of what people ask: only approved words, and no figure from which one ask can be read. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ClaimReviewId, type NoticeId, newId, type PersonId, type RumourId } from '#domain/ids.ts'
import { dayOf } from '#domain/tip.ts'
import { drawAsked } from '#flows/draw-asked/draw-asked.ts'
import { wordRumour } from '#flows/work-inbox/word-rumour.ts'
import { listAsked } from '#io/database/tips/asked.ts'
import { gatherRumours } from '#io/database/tips/gathering.ts'
import { countAsk, insertRumour, updateWording } from '#io/database/tips/rumours.ts'
import { approvedWording, askedRumours } from './asked-rumours.ts'
import { openPages } from './reader.ts'

const pages = openPages()
let worded: RumourId
let unworded: RumourId

beforeAll(async () => {
  const made = await askedRumours(pages.site.needs)
  worded = made[0]
  unworded = made[1]
})

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(pages.site.url + path, { headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

async function read(path: string): Promise<string> {
  const { status, body } = await get(path)
  expect(status).toBe(200)
  return body
}

async function publicIdOf(id: RumourId): Promise<string> {
  const { rows } = await sql<{ id: string }>`select public_id as id from rumours where id = ${id}`.execute(
    pages.site.needs.db,
  )
  return rows[0]!.id
}

/** A rumour of the public page, asked `asks` times in as many wordings on each of the last `days` days. */
async function asked(
  wording: string,
  { days, asks, lang = 'en' }: { days: number; asks: number; lang?: string },
) {
  const { db, ids, clock } = pages.site.needs
  const id = newId<RumourId>(ids)
  await db.transaction().execute(async (tx) => {
    await insertRumour(tx, { id, lang, day: dayOf(clock.now()) })
    for (let ago = 0; ago < days; ago++) {
      const day = dayOf(new Date(clock.now().getTime() - ago * 86_400_000))
      for (let one = 0; one < asks; one++) await countAsk(tx, id, { day, wording: ids.randomBytes(32) })
    }
    await updateWording(tx, id, wording)
  })
  await drawAsked(pages.site.needs)
  return id
}

describe('what is shown', () => {
  test('is no rumour without an approved wording, and one ask more changes nothing of it', async () => {
    const { db, ids } = pages.site.needs
    const html = await read('/asked?language=en')
    expect(html).toContain(approvedWording)
    expect(html).toContain('Asked about 20 times')
    expect((await listAsked(db, {}, { limit: 10 })).asked).toHaveLength(1)
    const day = new Date().toISOString().slice(0, 10)
    // So many that a figure which followed them would show: none does before it is drawn again.
    for (let more = 0; more < 20; more++) {
      await db.transaction().execute((tx) => countAsk(tx, worded, { day, wording: ids.randomBytes(32) }))
    }
    await drawAsked(pages.site.needs)
    expect(await read('/asked?language=en')).toBe(html)
  })

  test('is a wording approved by who may, and nobody else', async () => {
    const { needs } = pages.site
    const operator = { personId: newId<PersonId>(needs.ids), organisationId: null, role: 'operator' } as const
    const refused = async () =>
      wordRumour(needs, operator, { rumourId: unworded, wording: 'The sea is soup', was: '' })
    await expect(refused()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await read('/asked')).not.toContain('soup')
    expect((await get(`/asked/${await publicIdOf(unworded)}`)).status).toBe(404)
  })

  test('has an address that tells nothing of when it was first asked', async () => {
    const html = await read('/asked')
    expect(html).toContain(`/asked/${await publicIdOf(worded)}`)
    expect(html).not.toContain(worded)
    expect((await get(`/asked/${worded}`)).status).toBe(404)
  })

  test('is found by topic, language and state', async () => {
    await asked('El volcán se apagó con agua bendita', { days: 2, asks: 6, lang: 'es' })
    const found = async (query: string) => {
      const html = await read(`/asked?${query}`)
      return [approvedWording, 'volcán'].filter((words) => html.includes(words))
    }
    expect(await found('')).toHaveLength(2)
    expect(await found('language=es')).toEqual(['volcán'])
    expect(await found('words=LIGHTHOUSE+circus')).toEqual([approvedWording])
    expect(await found('words=lighthouse+volcano')).toEqual([])
    expect(await found('state=open')).toHaveLength(2)
    expect(await found('state=answered')).toEqual([])
  })

  test('comes first where it was asked in many wordings on many days; among the little asked no order tells', async () => {
    await asked('One evening, five hundred wordings', { days: 1, asks: 500 })
    await asked('Many days, few wordings each', { days: 8, asks: 5 })
    const few = ['Asked once', 'Asked nine times', 'Asked four times']
    for (const [at, wording] of few.entries()) await asked(wording, { days: 1, asks: [1, 9, 4][at]! })
    const { asked: shown } = await listAsked(pages.site.needs.db, {}, { limit: 50 })
    const places = shown.map(({ wording }) => wording)
    expect(places[0]).toBe('Many days, few wordings each')
    const little = shown.filter(({ asks }) => asks === 0)
    expect(little.map(({ wording }) => wording).sort()).toEqual([...few].sort())
    expect(little.map(({ id }) => id)).toEqual(little.map(({ id }) => id).sort())
  })

  test('is the same from page to page, none left out and none twice', async () => {
    const { db } = pages.site.needs
    const all = (await listAsked(db, {}, { limit: 50 })).asked.map(({ id }) => id)
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await listAsked(db, {}, { limit: 2, cursor })
      paged.push(...page.asked.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(paged).toEqual(all)
    await expect(listAsked(db, {}, { limit: 2, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('the page of a rumour', () => {
  test('leads to the feed that tells what answers it, and again when that changes', async () => {
    const { db, ids, clock } = pages.site.needs
    const path = `/asked/${await publicIdOf(worded)}`
    const html = await read(path)
    expect(html).toContain(
      `type="application/atom+xml" title="${approvedWording}" href="${pages.site.url}${path}.atom"`,
    )
    const before = await get(`${path}.atom`)
    expect(before.body).not.toContain('<entry')
    const known = await get(`${path}.atom`, { 'if-none-match': before.headers.get('etag')! })
    expect([known.status, known.body]).toEqual([304, ''])

    const { rows } = await sql<{
      id: ClaimReviewId
    }>`select id from claim_reviews order by id limit 1`.execute(db)
    const tell = (kind: string) =>
      sql`
      insert into notices (id, rumour_id, claim_review_id, kind, leaf_hash, state, created_at)
      values (${newId<NoticeId>(ids)}, ${worded}, ${kind === 'answered' ? rows[0]!.id : `x${rows[0]!.id.slice(1)}`},
        ${kind}, null, 'pending', ${clock.now()})`.execute(db)
    await tell('answered')
    expect(await read(path)).toContain('Answer')
    const answered = await get(`${path}.atom`, { 'if-none-match': before.headers.get('etag')! })
    expect([answered.status, answered.body.match(/<entry/g)?.length]).toEqual([200, 1])
    await tell('withdrawn')
    const { items } = JSON.parse(await read(`${path}.json`)) as { items: { id: string }[] }
    expect(new Set(items.map(({ id }) => id)).size).toBe(2)
  })

  test('that was merged leads to where it went', async () => {
    const into = await asked('The ferry was sold twice', { days: 1, asks: 3 })
    const from = await asked('The ferry was sold two times', { days: 1, asks: 3 })
    await pages.site.needs.db.transaction().execute(async (tx) => {
      await gatherRumours(tx, [from], into)
      await tx.updateTable('rumours').set({ merged_into: into }).where('id', '=', from).execute()
    })
    const { status, headers } = await get(`/asked/${await publicIdOf(from)}`)
    expect([status, headers.get('location')]).toEqual([303, `/asked/${await publicIdOf(into)}`])
    expect((await get(`/asked/${'0'.repeat(32)}`)).status).toBe(404)
  })
})

describe('feeds of reviews', () => {
  test.each(['words=wall', 'language=es', 'publisher=northwind.example', ''])(
    'hold what the page of the latest reviews holds: %s',
    async (query) => {
      const html = await read(`/latest?${query}`)
      const href = /type="application\/feed\+json"[^>]* href="([^"]+)"/
        .exec(html)![1]!
        .replaceAll('&amp;', '&')
      const { items } = JSON.parse(await read(href.slice(pages.site.url.length))) as {
        items: { id: string }[]
      }
      expect(items.length).toBeGreaterThan(0)
      const shown = items.slice(0, 20).filter(({ id }) => !html.includes(new URL(id).pathname))
      expect(shown).toEqual([])
    },
  )

  test('refuse a filter that they do not understand, and are not sent again to who has them', async () => {
    expect((await get('/latest.atom?rating=nonsense')).status).toBe(400)
    for (const path of ['/latest.atom?words=wall', '/latest.json', '/feed.atom', '/feed.json']) {
      const { status, headers } = await get(path)
      expect([path, status, headers.get('set-cookie')]).toEqual([path, 200, null])
      const again = await get(path, { 'if-none-match': headers.get('etag')! })
      expect([path, again.status, again.body]).toEqual([path, 304, ''])
    }
  })
})
