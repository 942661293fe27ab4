/** A message sent in from a phone without scripts, its receipt, what became of it, and its deletion. */
import { describe, expect, test } from 'vitest'
import { answerNewestRumour } from './answer-rumour.ts'
import { widths } from './browser.ts'
import { openPages, type Reader } from './reader.ts'

const pages = openPages()
const message = 'They say the old lighthouse lamp was swapped for a disco ball, ask +44 20 7946 0958'

/** From the ask page to the receipt. */
async function sendIn({ page, ask, follow }: Reader, text: string): Promise<string[]> {
  await ask(text)
  await follow('.send-in button')
  await follow('.tip-form button')
  return page.locator('.words li').allInnerTexts()
}

async function open({ page, visit, follow }: Reader, words: string[]): Promise<void> {
  await visit('/tips/status')
  await page.fill('textarea', words.join(' '))
  await follow('button[value=read]')
}

/** Reads the private feed whose address the open receipt shows. */
async function toldBy({ page }: Reader) {
  const shown = new URL(await page.inputValue('.tip-status .copy'))
  return async (ending: 'atom' | 'json') => {
    const path = shown.pathname.replace(/atom$/, ending)
    const response = await fetch(pages.site.url + path + shown.search)
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
}

describe('a message that nothing answers', () => {
  test('is sent in on a phone without scripts, told of, answered, corrected and deleted', async () => {
    const reader = await pages.reader({ width: 'phone' })
    const { page, context, follow, text, requests } = reader
    const words = await sendIn(reader, message)
    expect(words).toHaveLength(10)
    expect(await page.inputValue('.copy')).toBe(words.join(' '))

    const place = Number(await page.inputValue('input[name=place]'))
    await page.fill('#kept-word', 'surely not')
    await follow('.kept-form button')
    expect(await text()).toContain(`That is not word number ${place + 1}`)
    await page.fill('#kept-word', ` ${words[place]!.toUpperCase()} `)
    await follow('.kept-form button')
    expect(await text()).toContain('That is the word')

    await open(reader, words)
    expect(await text('.tip-status')).toMatch(/It has come in[\s\S]*fewer than 10/)
    await answerNewestRumour(pages.site.needs, 'answered', { claim: 'The lighthouse lamp is a disco ball' })
    await open(reader, words)
    expect(await text('.tip-status')).toMatch(/It is answered[\s\S]*disco ball/)
    await answerNewestRumour(pages.site.needs, 'corrected', { claim: 'The lighthouse lamp was a disco ball' })
    await open(reader, words)
    expect(await text('.tip-status')).toMatch(/the answer has changed[\s\S]*Correction/)
    const { x, width } = (await page.locator('.tip-status .copy').boundingBox())!
    expect(x + width).toBeLessThan(widths.phone.width)

    const feed = await toldBy(reader)
    expect(await feed('atom')).toMatchObject({
      status: 200,
      body: expect.stringMatching(/Correction: [\s\S]*Answer: /),
    })

    await page.click('.tip-status summary')
    await follow('button[value=delete]')
    expect(await text()).toContain('Nothing of your message is left here')
    expect((await feed('atom')).status).toBe(404)
    await open(reader, words)
    expect(await text()).toContain('Nothing is found with these words')
    expect(await context.cookies()).toEqual([])
    // A word alone may be one of an address anyway, such as "ask".
    const wordsIn = (address: string) => words.filter((word) => address.includes(word)).length
    expect(requests.filter((address) => wordsIn(address) > 2)).toEqual([])
  })

  test('sent twice by a hasty finger is one tip with one receipt', async () => {
    const reader = await pages.reader()
    const words = await sendIn(reader, 'The ferry runs on lemonade since May')
    await reader.page.reload()
    expect(await reader.page.locator('.words li').allInnerTexts()).toEqual(words)
  })

  test.each(['es', 'ar', 'zh-TW'])(
    'gets a receipt in the words of %s, which opens it again',
    async (language) => {
      const reader = await pages.reader({ language })
      const words = await sendIn(reader, `A rumour for ${language}: the moon was sold to a bakery`)
      expect(words).toHaveLength(language === 'ar' ? 14 : 10)
      await open(reader, words)
      expect(await reader.page.locator('.tip-status h2').count()).toBe(1)
    },
  )
})

test('what is wrong with a field stands right above it, and that is where the page opens', async () => {
  const { page, ask, follow } = await pages.reader({ javaScript: true })
  await ask('They say the lighthouse keeper is a walrus')
  await follow('.send-in button')
  await page.click('.tip-form summary')
  await page.fill('input[name=link]', 'ftp://files.example/walrus')
  await follow('.tip-form button')
  expect(await page.locator('#tip-problem + [aria-describedby=tip-problem]').getAttribute('name')).toBe(
    'link',
  )
  expect(await page.locator('[aria-invalid=true]').count()).toBe(1)
  expect(new URL(page.url()).hash).toBe('#tip-problem')
  await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(0)
})

describe('a receipt', () => {
  test('with a mistyped word is put right, and what cannot be put right is named', async () => {
    const reader = await pages.reader()
    const { page, visit, follow, text } = reader
    const words = await sendIn(reader, 'The clock tower was turned around at night')
    const typo = words.with(3, `${words[3]!.slice(0, -1)}q`).join('  ')
    await visit('/tips/status')
    await page.fill('textarea', words.with(2, 'xyzzyplugh').join(' '))
    await follow('button[value=spell]')
    expect(await text('.problem')).toContain('Word 3, “xyzzyplugh”, is on no receipt')
    await page.fill('textarea', typo)
    await follow('button[value=spell]')
    expect(await text('.problem')).toMatch(/spelled as on a receipt|Word 4/)
  })

  test('has a private feed that says what became of it, and that nobody may keep', async () => {
    const reader = await pages.reader({ language: 'es' })
    const words = await sendIn(reader, 'The harbour crane was seen knitting')
    await open(reader, words)
    const feed = await toldBy(reader)
    const { status, headers, body } = await feed('json')
    expect([status, headers.get('cache-control'), headers.get('set-cookie')]).toEqual([200, 'no-store', null])
    const items = (JSON.parse(body) as { items: { id: string; title: string }[] }).items
    expect(items).toHaveLength(1)
    expect(items[0]!.title).toMatch(/^Ha llegado/)
    expect(body).not.toMatch(/crane|knitting/)
    expect(words.filter((word) => body.includes(` ${word} ${words.at(-1)}`))).toEqual([])
  })

  test('leads to no feed by itself: unknown and malformed addresses get one answer', async () => {
    const tokens = [
      'AAAAAAAAAAAAAAAAAAAAAAAA.atom',
      'x.json',
      '.atom',
      `${'y'.repeat(2_000)}.json`,
      'nothing',
    ]
    const found = await Promise.all(
      tokens.map(async (token) => {
        const response = await fetch(`${pages.site.url}/told/${token}`)
        const { headers } = response
        return [
          response.status,
          headers.get('cache-control'),
          headers.get('content-type'),
          await response.text(),
        ].join()
      }),
    )
    expect(new Set(found).size).toBe(1)
    expect(found[0]).toMatch(/^404,no-store/)
  })

  test('that opens nothing gets the same page, to the letter but for what was typed, whatever is wrong with it', async () => {
    const bodies = ['abandon '.repeat(10), 'nonsense', '', 'x'.repeat(5_000)]
    const found = await Promise.all(
      bodies.map(async (receipt) => {
        const response = await fetch(`${pages.site.url}/tips/status`, {
          method: 'POST',
          body: new URLSearchParams({ receipt, do: 'read' }),
        })
        const [before, after] = (await response.text()).split(`>\n${receipt.slice(0, 500)}</textarea`)
        return `${response.status} ${before} ${after}`
      }),
    )
    expect(new Set(found).size).toBe(1)
    expect(found[0]).toMatch(/^404 /)
    expect(found[0]).not.toMatch(/undefined$/)
  })
})

test.each([
  ['empty', { text: ' ' }, 'There is no message yet'],
  ['a bad link', { text: 'x', link: 'ftp://x' }, 'must start with http'],
  ['binary', { text: 'a\u0001b' }, 'This is not text'],
  ['too long', { text: 'x'.repeat(20_001) }, 'too long'],
])(
  'a form that cannot be used says why, and gives back what was typed: %s',
  async (_name, fields, sentence) => {
    const response = await fetch(`${pages.site.url}/tips/new`, {
      method: 'POST',
      body: new URLSearchParams({ clientId: 'c0ffee-0123456789-abcdef-xyz', ...fields }),
    })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toContain(sentence)
  },
)

test('the empty form is kept by nobody: each has a number of its own', async () => {
  const one = await fetch(`${pages.site.url}/tips/new`)
  const other = await fetch(`${pages.site.url}/tips/new`)
  expect(one.headers.get('cache-control')).toBe('no-store')
  const idOf = (html: string) => /name="clientId" value="([^"]+)"/.exec(html)![1]
  expect(idOf(await one.text())).not.toBe(idOf(await other.text()))
})
