/** The page of a review of ours, and what machines get of it: the same text, the same corrections, the same mark. */
import { createHash } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ClaimReviewId } from '#domain/ids.ts'
import { capturePathOf } from '#flows/archive-evidence/archive-evidence.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { confirmRevision, correctReview, withdrawReview } from '#flows/publish-review/revise-review.ts'
import { parseFeed } from '#formats/feeds/parse-feed.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { verifyInclusion } from '#formats/tlog/merkle.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { openCheckpoint } from '#formats/tlog/verify-log.ts'
import { openPublishDesk, type PublishDesk } from '../publish/publish-desk.ts'
import { openPages } from './reader.ts'

const pages = openPages({ empty: true })
let desk: PublishDesk
/** Ids by what was done with them. */
const reviews: Record<'plain' | 'corrected' | 'withdrawn' | 'waiting' | 'hostile', string> = {
  plain: '',
  corrected: '',
  withdrawn: '',
  waiting: '',
  hostile: '',
}

async function growLog() {
  while ((await extendLog(pages.site.needs, pages.site.needs.log)) === 'published');
}

beforeAll(async () => {
  const { needs } = pages.site
  await openLog(needs, needs.log)
  desk = await openPublishDesk(needs.db)
  const publish = async (content: Parameters<PublishDesk['addVerdict']>[1] = {}) => {
    const held = await desk.addCase()
    const { claimReviewId } = await publishVerdict(needs, desk.author, await desk.addVerdict(held, content))
    return { held, claimReviewId }
  }
  const translations = [
    {
      lang: 'ar',
      claim: 'يحتوي ماء الصنبور في البلدة القديمة على الرصاص.',
      summary: 'كانت كل عيّنة من العام الماضي دون الحدّ بكثير.',
      answer: 'تقيس شركة المياه كل أسبوع.\nلم يجد المختبر رصاصًا.',
      unknown: 'لم تُقَس الأنابيب داخل البيوت القديمة.',
    },
  ]
  reviews.plain = (await publish({ translations })).claimReviewId
  const corrected = await publish({ claim: 'The bridge is closed for a year.' })
  reviews.corrected = corrected.claimReviewId
  reviews.withdrawn = (await publish({ claim: 'The school moves to another town.' })).claimReviewId
  reviews.hostile = (
    await publish({
      claim: '</script><script>alert(1)</script><!--<script>',
      summary: '<img src=x onerror=alert(1)>',
      ratingLabel: 'False & "quoted"',
    })
  ).claimReviewId
  await growLog()
  const verdictId = await desk.addVerdict(corrected.held, {
    claim: 'The bridge is closed for a year.',
    ratingLabel: 'Misleading',
    ratingValue: 'misleading',
    summary: 'It is closed for half a year, to lorries only.',
  })
  const note = {
    wrong: 'We wrote that the bridge stays open to everybody.',
    changed: 'It says now that lorries have to go around.',
    why: 'The road office corrected its own notice.',
  }
  await confirmRevision(
    needs,
    desk.third,
    await correctReview(needs, desk.author, { claimReviewId: corrected.claimReviewId, verdictId, note }),
  )
  const reason = 'It was about a school of the same name elsewhere.'
  const claimReviewId = reviews.withdrawn as ClaimReviewId
  await confirmRevision(
    needs,
    desk.third,
    await withdrawReview(needs, desk.approver, { claimReviewId, reason }),
  )
  await growLog()
  reviews.waiting = (await publish({ claim: 'The library burns books.' })).claimReviewId
})

const pageOf = (name: keyof typeof reviews) => `/reviews/${reviews[name]}`
const get = (path: string) => fetch(pages.site.url + path)

describe('the page', () => {
  test('says claim, finding, answer with its evidence, what is not known, and how it was made', async () => {
    const { visit, text, page } = await pages.reader()
    await visit(pageOf('plain'))
    const seen = await text()
    for (const words of [
      'The tap water of the old town contains lead.',
      'Every sample of the last year was far below the limit.',
      'The laboratory found no lead.',
      'Pipes inside old houses were not measured.',
      'Report of the water works',
      'Every sample was clean.',
      'Two people of Plain Desk stand behind every fact-check',
      'entry 0',
    ])
      expect(seen).toContain(words)
    expect(seen).not.toMatch(/Ada|Ben/)
    await page.click('a[aria-label="Evidence 2"]')
    expect(new URL(page.url()).hash).toBe('#evidence-2')
  })

  test('is read in another of its languages, in its direction, without a script', async () => {
    const { visit, text, page } = await pages.reader({ language: 'ar' })
    await visit(pageOf('plain'))
    expect(await text()).toContain('يحتوي ماء الصنبور')
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
    await page.click('nav.texts a[hreflang=en]')
    expect(await text()).toContain('The tap water')
  })

  test('in a page of the other direction, what it quotes begins under its label and is read from its own side', async () => {
    const { visit, page } = await pages.reader({ language: 'ar', width: 'desk', javaScript: true })
    await visit(pageOf('corrected'))
    const quoted = page.locator('.evidence > li > [dir=auto]')
    const found = await quoted.evaluateAll((all) => {
      const startOf = (element: (typeof all)[number]) => {
        const words = element.ownerDocument.createRange()
        words.selectNodeContents(element)
        return Math.round(words.getBoundingClientRect().right)
      }
      return all.map((one) => [
        one.matches(':dir(ltr)'),
        startOf(one) - startOf(one.parentElement!.children[0]!),
      ])
    })
    // Of a page its title and what it shows; of a statement also its words.
    expect(found).toEqual(Array(5).fill([true, 0]))
  })

  test('names its languages as they name themselves', async () => {
    const { visit, text } = await pages.reader()
    await visit(pageOf('plain'))
    expect(await text('nav.texts')).toMatch(/English\s+العربية/)
  })

  test('cites evidence in the order in which it is read, from right to left too', async () => {
    const { visit, page } = await pages.reader({ language: 'ar', width: 'desk' })
    await visit(pageOf('plain'))
    const [second, first] = await Promise.all(
      [2, 1].map((number) => page.locator(`.found p:last-child a[href="#evidence-${number}"]`).boundingBox()),
    )
    expect(second!.x).toBeGreaterThan(first!.x)
  })

  test('keeps a short text of the other direction beside what belongs to it', async () => {
    const { visit, page } = await pages.reader({ language: 'ar', width: 'desk' })
    await visit(pageOf('corrected'))
    const sideOf = async (selector: string) => {
      const { x, width } = (await page.locator(selector).first().boundingBox())!
      return x + width
    }
    const side = await sideOf('article')
    for (const selector of ['.claim bdi', '.summary', '.found', '.prose[lang=en]:not(.unknown *)'])
      expect(await sideOf(selector), selector).toBeCloseTo(side, 0)
    const summary = (await page.locator('.summary').boundingBox())!
    expect(summary.width).toBeLessThan((await page.locator('article').boundingBox())!.width / 2)
  })

  test('is printed as on light ground, also by who reads it on dark', async () => {
    const { visit, page } = await pages.reader({ scheme: 'dark' })
    await visit(pageOf('plain'))
    const colour = () =>
      page
        .locator('.rating-words')
        .evaluate((element) => element.ownerDocument.defaultView!.getComputedStyle(element).color)
    const dark = await colour()
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    const light = await colour()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await colour()).toBe(light)
    expect(light).not.toBe(dark)
  })

  test('shows a correction above the claim, and the version before it', async () => {
    const { visit, text, page } = await pages.reader()
    await visit(pageOf('corrected'))
    const seen = await text()
    expect(seen.indexOf('We wrote that the bridge')).toBeLessThan(seen.indexOf('The bridge is closed'))
    expect(await page.locator('.versions del').allInnerTexts()).toContain('False')
    expect(await page.locator('.versions ins').allInnerTexts()).toContain('Misleading')
  })

  test('stays when the review was withdrawn, with date and reason; machines and lists have it no more', async () => {
    const { visit, text, page } = await pages.reader()
    await visit(pageOf('withdrawn'))
    expect(await text()).toContain('a school of the same name')
    const lineOf = (selector: string) =>
      page
        .locator(selector)
        .evaluate(
          (element) => element.ownerDocument.defaultView!.getComputedStyle(element).textDecorationLine,
        )
    expect(await lineOf('.rating-words')).toBe('line-through')
    expect(await lineOf('.claim bdi')).toBe('none')
    expect((await get(`${pageOf('withdrawn')}.json`)).status).toBe(404)
    expect(await (await get('/claimreview.json')).text()).not.toContain(reviews.withdrawn)
    expect(await (await get('/feed.atom')).text()).toContain('a school of the same name')
  })

  test('shows no mark while the log has no entry, and says that page and log disagree when a row was changed', async () => {
    const { visit, text, page } = await pages.reader()
    await visit(pageOf('waiting'))
    expect(await text('.log-mark')).toContain('On its way')
    const { db } = pages.site.needs
    const flip = (from: string, to: string) =>
      sql`update claim_reviews set record = replace(record::text, ${from}, ${to})::jsonb where id = ${reviews.plain}`.execute(
        db,
      )
    await flip('far below the limit', 'far above the limit')
    await visit(`${pageOf('plain')}?lang=en&again=1`)
    expect(await page.locator('.log-mark.logged').count()).toBe(0)
    expect(await text('.problem')).toContain('do not agree')
    await flip('far above the limit', 'far below the limit')
    await visit(`${pageOf('plain')}?lang=en&again=2`)
    expect(await page.locator('.log-mark.logged').count()).toBe(1)
  })

  test('hostile words stay words, in the page and in its markup', async () => {
    const { visit, text, page } = await pages.reader({ javaScript: true })
    await visit(pageOf('hostile'))
    expect(await text()).toContain('</script><script>alert(1)</script>')
    const scripts = page.locator('script')
    expect(await scripts.count()).toBe(1)
    expect(await scripts.first().getAttribute('type')).toBe('application/ld+json')
    expect(JSON.parse((await scripts.first().textContent())!)).toMatchObject({ '@type': 'ClaimReview' })
  })

  test.each(['en', 'ar'])(
    'and “check it yourself” are for everybody: axe finds nothing wrong in %s',
    async (language) => {
      const { visit, page } = await pages.reader({ language, javaScript: true })
      const looked: string[] = []
      for (const path of (['plain', 'corrected'] as const).flatMap((name) => [
        pageOf(name),
        `${pageOf(name)}/check`,
      ])) {
        await visit(path)
        if (path.endsWith('/check')) await page.waitForSelector('#verdict.good')
        const { violations } = await new AxeBuilder({ page }).analyze()
        looked.push(
          ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path} ${id}: ${html}`)),
        )
      }
      expect(looked).toEqual([])
    },
  )

  test('the record that answers lead to leads on to this page', async () => {
    const response = await fetch(`${pages.site.url}/claim-reviews/${reviews.plain}`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([308, pageOf('plain')])
  })
})

describe('for machines', () => {
  test('the feeds list every review, corrected ones first, and are feeds', async () => {
    const atom = await (await get('/feed.atom')).text()
    const listing = parseFeed(atom, '')
    expect(listing.ok && listing.value.entries.map(({ url }) => url)).toContain(
      `${pages.site.url}${pageOf('corrected')}`,
    )
    const json = (await (await get('/feed.json')).json()) as { version: string; items: { url: string }[] }
    expect(json.version).toBe('https://jsonfeed.org/version/1.1')
    expect(json.items).toHaveLength(5)
    expect(await (await get('/sitemap.xml')).text()).toContain(pageOf('plain'))
    expect(await (await get('/robots.txt')).text()).toContain(`Sitemap: ${pages.site.url}/sitemap.xml`)
  })

  test('proof, entry and document go together for whoever carries them away', async () => {
    const verifier = await pages.site.needs.log.verifierOf(1)
    const proof = parseTlogProof(await (await get(`${pageOf('plain')}.tlog-proof`)).text())
    const entry = new Uint8Array(await (await get(`${pageOf('plain')}.entry`)).arrayBuffer())
    if (!proof.ok) throw new Error(proof.problems[0]!.message)
    const opened = openCheckpoint(new TextEncoder().encode(proof.value.checkpoint), [verifierOf(verifier)!])
    if ('problem' in opened) throw new Error(opened.problem)
    const { size, root } = opened.checkpoint
    expect(verifyInclusion(proof.value.index, size, leafHash(entry), proof.value.hashes, root)).toBe(true)
    const salted = new Uint8Array(await (await get(`${pageOf('plain')}.document`)).arrayBuffer())
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', salted)).toString('hex')
    expect(JSON.parse(new TextDecoder().decode(entry))).toMatchObject({ sha256: digest })
    expect((await get(`${pageOf('waiting')}.tlog-proof`)).status).toBe(404)
  })

  test('the picture to share is a PNG of the size that platforms show', async () => {
    const bytes = Buffer.from(await (await get(`${pageOf('plain')}.png`)).arrayBuffer())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  })

  test.each(['.xml', '.json.json', '.constructor'])('nothing is at %s', async (end) => {
    expect((await get(pageOf('plain') + end)).status).toBe(404)
  })
})

test('archived copies are offered only where the organisation hands them out, and then as files', async () => {
  const { needs } = pages.site
  const bytes = new TextEncoder().encode('<script>alert(1)</script>')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await needs.captures.create(capturePathOf(sha256), bytes)
  const held = await desk.addCase()
  await sql`update evidence set archive = jsonb_set(archive, '{sha256}', to_jsonb(${sha256}::text))
    where case_id = ${held.caseId} and archive is not null`.execute(needs.db)
  const { claimReviewId } = await publishVerdict(needs, desk.author, await desk.addVerdict(held))
  const share = (on: boolean) =>
    sql`update organisations set share_copies = ${on} where id = ${desk.organisationId}`.execute(needs.db)
  const { visit, text, page } = await pages.reader()
  await visit(`/reviews/${claimReviewId}`)
  expect(await text('.evidence')).toContain(sha256)
  expect(await page.locator('.evidence a[download]').count()).toBe(0)
  const at = `/reviews/${claimReviewId}/copies/${sha256}`
  expect((await get(at)).status).toBe(404)
  await share(true)
  await visit(`/reviews/${claimReviewId}`)
  expect(await page.locator('.evidence a[download]').getAttribute('href')).toBe(at)
  const copy = await get(at)
  expect(new Uint8Array(await copy.arrayBuffer())).toEqual(bytes)
  expect(Object.fromEntries(copy.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment; filename="evidence-/),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  })
  for (const other of [`/reviews/${reviews.plain}/copies/${sha256}`, `${at}0`, `/reviews/x/copies/${sha256}`])
    expect((await get(other)).status).toBe(404)
  await share(false)
  expect((await get(at)).status).toBe(404)
})
