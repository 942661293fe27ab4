/** The pages of what is stored: one review, one publisher, the latest with filters; in a browser without scripts. */
import { describe, expect, test } from 'vitest'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { openPages } from './reader.ts'

const pages = openPages()

/** The page of the first review whose claim or title holds the words. */
async function pathOf(topic: string): Promise<string> {
  const { claimReviews } = await listClaimReviews(pages.site.needs.db, { topic }, { limit: 1 })
  return `/claim-reviews/${claimReviews[0]!.id}`
}

describe('the page of a review', () => {
  test('shows claim, rating in the publisher’s words, summary, explanation, dates and where it was seen', async () => {
    const { visit, text } = await pages.reader()
    await visit(await pathOf('great wall astronauts'))
    const said = await text()
    for (const words of [
      'The Great Wall of China can be seen from the Moon',
      'Nope',
      'that is: False',
      'too narrow',
      'like seeing a hair',
      'May 4, 2021',
      'January 1, 1938',
      'books.example/second-book-of-marvels',
      'Made up to show how Assay works',
    ]) {
      expect(said).toContain(words)
    }
  })

  test('names the claimant in the passage about the publisher’s record only, and links it to nothing', async () => {
    const { page, visit, text } = await pages.reader()
    await visit(await pathOf('great wall astronauts'))
    expect(await text('.record')).toContain('A school book of 1938')
    const html = await page.content()
    expect(html.split('A school book of 1938')).toHaveLength(2)
    const links = await page.locator('a').evaluateAll((items) => items.map((item) => item.outerHTML))
    expect(links.filter((link) => /school/i.test(link))).toEqual([])
  })

  test('a review that its publisher changed shows what was there before', async () => {
    const { page, visit, text } = await pages.reader()
    await visit(await pathOf('goldfish'))
    const versions = await text('.versions')
    expect(versions).toContain('has changed this fact-check once')
    expect(await page.locator('.versions del').allInnerTexts()).toContain('2 / 5')
    expect(await page.locator('.versions ins').allInnerTexts()).toContain('1 / 5, 1 (1–5)')
  })

  test('leads to the same record as JSON', async () => {
    const { page, visit } = await pages.reader()
    await visit(await pathOf('goldfish'))
    const address = await page.getAttribute('.record a', 'href')
    const response = await fetch(pages.site.url + address)
    expect(await response.json()).toMatchObject({ claim: 'Goldfish have a memory of three seconds' })
  })

  test('words of a publisher that our scale does not know stay as they are, and no mark is guessed', async () => {
    const { visit, text } = await pages.reader()
    await visit(await pathOf('penny'))
    expect(await text('.review > .rating')).toBe('Eh?')
    expect(await text()).toContain('do not fit our scale')
  })

  test('markup in a record stays text', async () => {
    const { page, visit, text } = await pages.reader()
    await visit(await pathOf('script alert backwards'))
    expect(await text('.claim')).toContain('<script>alert(1)</script>')
    expect(await page.locator('main img, main script, main b').count()).toBe(0)
  })

  test.each(['01h00000000000000000000000', 'nonsense', '%00'])(
    'an id that is not here, %s, is a 404 in words',
    async (id) => {
      const response = await fetch(`${pages.site.url}/claim-reviews/${id}`)
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('Nothing is here')
    },
  )
})

describe('publishers', () => {
  test('the list leads to each, also to one that never named a site', async () => {
    const { visit, follow, text } = await pages.reader()
    await visit('/publishers')
    expect(await text()).toContain('northwind.example')
    await follow('text=Village Newsletter')
    expect(await text('h1')).toBe('Village Newsletter')
    expect(await text()).toContain('Cows lie down before it rains')
  })

  test('the page of a publisher shows how its feeds are and what is wrong with its markup', async () => {
    const { visit, text } = await pages.reader()
    await visit('/publishers/northwind.example')
    const said = await text()
    for (const words of [
      'In order',
      'Cannot be read at the moment',
      '1 failure in a row',
      'The address answered 500; nothing was read.',
      '1 item of this publisher could not be read.',
      'The claim is missing; put what was claimed into claimReviewed.',
      '$.claimReviewed',
      'Read, but worth mending',
      '1 place was read all the same.',
      'datePublished is not a day that exists',
    ]) {
      expect(said).toContain(words)
    }
  })

  test('a site is found with and without www., an unknown one is a 404', async () => {
    expect((await fetch(`${pages.site.url}/publishers/www.northwind.example`)).status).toBe(200)
    expect((await fetch(`${pages.site.url}/publishers/unknown.example`)).status).toBe(404)
  })
})

describe('the latest', () => {
  test('pages lead from the newest to the oldest, each review once', async () => {
    const { page, visit, follow } = await pages.reader()
    await visit('/latest')
    const seen: string[] = []
    for (;;) {
      seen.push(...(await page.locator('.claim-line').allInnerTexts()))
      if ((await page.locator('a[rel=next]').count()) === 0) break
      await follow('a[rel=next]')
    }
    expect(seen).toHaveLength(38)
    expect(new Set(seen).size).toBe(38)
    await follow('text=Back to the newest')
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/latest')
  })

  test.each([
    ['language=es', ['Usamos solo el diez', 'Los toros']],
    ['publisher=orbitcheck.example', ['The Great Wall', 'Lightning never', 'The Earth is slightly']],
    ['publisher=https%3A%2F%2Fwww.orbitcheck.example%2Fabout', ['The Great Wall', 'Lightning', 'The Earth']],
    ['rating=true', ['The Earth is slightly wider']],
    ['words=memory', ['Goldfish have']],
    ['from=2023-02-11&to=2023-02-11', ['النعامة']],
    ['language=en&rating=false&words=lightning', ['Lightning never strikes']],
  ])('the filter %s finds what it says', async (query, beginnings) => {
    const { page, visit } = await pages.reader()
    await visit(`/latest?${query}`)
    const claims = await page.locator('.claim-line').allInnerTexts()
    expect(claims).toHaveLength(beginnings.length)
    for (const [place, beginning] of beginnings.entries()) expect(claims[place]).toContain(beginning)
  })

  test('the form is a plain one: chosen, sent, and shown again in the result, whose pages keep it', async () => {
    const { page, visit, follow } = await pages.reader()
    await visit('/latest')
    await page.click('summary')
    await page.fill('#words', 'almanac')
    await page.selectOption('#rating', 'unproven')
    await follow('.filter button')
    expect(await page.inputValue('#words')).toBe('almanac')
    expect(await page.inputValue('#rating')).toBe('unproven')
    expect(await page.locator('.claim-line').count()).toBe(20)
    await follow('a[rel=next]')
    expect(await page.locator('.claim-line').count()).toBe(4)
    expect(await page.inputValue('#words')).toBe('almanac')
  })

  test('filters that make no sense are named and left out; nothing found is said', async () => {
    const { visit, text } = await pages.reader()
    await visit('/latest?from=yesterday&rating=purple&words=goldfish')
    expect(await text()).toContain('left out: Finding and From.')
    expect(await text()).toContain('Goldfish')
    await visit('/latest?words=accordion')
    expect(await text()).toContain('No fact-check fits these filters.')
  })

  test('a cursor that no page gave is a 400 in words', async () => {
    const response = await fetch(`${pages.site.url}/latest?cursor=abc`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('That could not be understood')
  })
})
