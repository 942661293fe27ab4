/** What the pages promise without words: no script, no cookie, nobody else asked, little to carry, all in four languages. */
import { describe, expect, test } from 'vitest'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { openPages } from './reader.ts'
import { wallMessage } from './records.ts'

const pages = openPages()
const paths = [
  '/',
  '/tips/new',
  '/tips/status',
  '/tips/other?country=TW',
  '/latest',
  '/asked',
  '/publishers',
  '/publishers/northwind.example',
  '/docs',
  '/about',
  '/nowhere',
]

describe('nothing of a reader', () => {
  // Two pages bring one of our own, each with a test: a review’s check, and an opened receipt (push.test.ts).
  test('no page sets a cookie, asks another host, or brings a script', async () => {
    const { page, context, requests, visit, ask } = await pages.reader({ javaScript: true })
    const { claimReviews } = await listClaimReviews(pages.site.needs.db, {}, { limit: 1 })
    for (const path of [...paths, `/claim-reviews/${claimReviews[0]!.id}`]) {
      await visit(path)
      expect(await page.locator('script').count(), path).toBe(0)
      expect(await page.locator('[style], style').count(), path).toBe(0)
    }
    await ask(wallMessage)
    expect(await page.locator('script').count()).toBe(0)
    expect(await context.cookies()).toEqual([])
    expect(requests.filter((address) => !address.startsWith(`${pages.site.url}/`))).toEqual([])
    const kinds = new Set(requests.map((address) => new URL(address).pathname.split('.').at(-1)))
    expect(kinds.has('js')).toBe(false)
  })

  test('the policy of every page allows no script and nothing from elsewhere', async () => {
    for (const path of paths) {
      const { headers } = await fetch(pages.site.url + path)
      expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none'/)
      expect(headers.get('content-security-policy'), path).not.toMatch(/script-src|unsafe/)
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('set-cookie')).toBeNull()
    }
  })

  test('the message is in no address', async () => {
    const { page, requests, ask } = await pages.reader()
    await ask('bats are blind')
    expect(page.url()).toBe(`${pages.site.url}/ask#answer`)
    expect(requests.filter((address) => /bats/.test(address))).toEqual([])
  })
})

describe('little to carry', () => {
  test('the ask page weighs less than 30 kB on the wire, its stylesheet and icon included', async () => {
    const response = await fetch(pages.site.url, { headers: { 'accept-encoding': 'identity' } })
    const html = await response.text()
    const linked = [...html.matchAll(/<link[^>]+(?:rel="(?:stylesheet|icon)")[^>]*>/g)].map(
      ([tag]) => /href="([^"]+)"/.exec(tag)![1]!,
    )
    expect(linked).toHaveLength(2)
    let bytes = Buffer.byteLength(html)
    for (const address of linked) {
      const loaded = await fetch(new URL(address, pages.site.url), {
        headers: { 'accept-encoding': 'identity' },
      })
      bytes += (await loaded.arrayBuffer()).byteLength
    }
    expect(bytes).toBeLessThan(30_000)
  })

  test('the stylesheet can be kept for ever, a page for a minute and by language', async () => {
    const response = await fetch(pages.site.url)
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    expect(response.headers.get('vary')).toContain('accept-language')
    const sheet = /href="([^"]+\.css)"/.exec(await response.text())![1]!
    const { headers } = await fetch(new URL(sheet, pages.site.url))
    expect(headers.get('cache-control')).toContain('immutable')
  })
})

describe('languages', () => {
  test.each([
    ['es-MX,es;q=0.9', 'es', 'ltr', '¿Le ha llegado un mensaje'],
    ['ar-EG', 'ar', 'rtl', 'وصلتك رسالة'],
    ['zh-HK,zh;q=0.8,en;q=0.7', 'zh-Hant', 'ltr', '收到一則拿不準的訊息嗎'],
    ['de-DE,fr;q=0.5', 'en', 'ltr', 'Got a message'],
    ['', 'en', 'ltr', 'Got a message'],
  ])('a browser that asks for %j gets %s, %s', async (header, lang, dir, heading) => {
    const response = await fetch(pages.site.url, { headers: { 'accept-language': header } })
    const html = await response.text()
    expect(html).toContain(`<html lang="${lang}" dir="${dir}">`)
    expect(html).toContain(heading)
    expect(response.headers.get('content-language')).toBe(lang)
  })

  test('a chosen language stays, over links and forms, without a cookie', async () => {
    const { page, context, visit, follow, text } = await pages.reader({ language: 'en' })
    await visit('/')
    await follow('footer >> text=Español')
    expect(await page.getAttribute('html', 'lang')).toBe('es')
    await page.fill('textarea', 'Los toros se enfurecen al ver el color rojo')
    await follow('button[type=submit]')
    expect(await page.getAttribute('html', 'lang')).toBe('es')
    await follow('header >> text=Novedades')
    await page.click('summary')
    await page.fill('#words', 'toros')
    await follow('.filter button')
    expect(await text('h1')).toBe('Últimas verificaciones')
    expect(await page.locator('.claim-line').count()).toBe(1)
    await follow('.claim-line a')
    expect(await text('.record h2')).toBe('El registro del medio')
    expect(await context.cookies()).toEqual([])
  })

  test('each page says where its other languages are, by the public address and not by the request', async () => {
    const html = await (
      await fetch(`${pages.site.url}/about?lang=ar`, { headers: { host: 'evil.example' } })
    ).text()
    const { publicUrl } = pages.site.needs.config
    expect(html).toContain(`<link rel="canonical" href="${publicUrl}/about?lang=ar"`)
    expect(html).toContain(`hreflang="x-default" href="${publicUrl}/about"`)
    for (const lang of ['en', 'es', 'ar', 'zh-Hant']) {
      expect(html).toContain(`hreflang="${lang}" href="${publicUrl}/about?lang=${lang}"`)
    }
    expect(html).not.toContain('evil.example')
  })

  test('a quotation keeps its own language and direction inside a page of the other', async () => {
    const { page, visit } = await pages.reader({ language: 'en' })
    await visit('/latest?language=ar')
    const claim = page.locator('.claim-line bdi').first()
    expect(await claim.getAttribute('lang')).toBe('ar')
    expect(await page.getAttribute('html', 'dir')).toBe('ltr')
  })
})
