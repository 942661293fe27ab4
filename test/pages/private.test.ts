/** What the pages promise without words: no script, no cookie, nobody else asked, little to carry, all in four languages. */
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { askedRumours } from './asked-rumours.ts'
import { openPages } from './reader.ts'
import { wallMessage } from './records.ts'

const pages = openPages()
async function get(path: string) {
  const response = await fetch(pages.site.url + path, { redirect: 'manual' })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

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

/** Every page and feed of the public routes, found by looking; `[…]` is filled with something that is there, or is not. */
async function everyRoute(): Promise<string[]> {
  const folder = new URL('../../src/web/routes/(public)/', import.meta.url)
  const found = await readdir(folder, { recursive: true })
  const routes = new Set(found.filter((name) => /\+(page\.svelte|server\.ts)$/.test(name)).map(dirname))
  const { claimReviews } = await listClaimReviews(pages.site.needs.db, {}, { limit: 1 })
  const [worded] = await askedRumours(pages.site.needs)
  const { rows } = await sql<{
    id: string
  }>`select public_id as id from rumours where id = ${worded}`.execute(pages.site.needs.db)
  const ends: Record<string, string> = {
    'claim-reviews': claimReviews[0]!.id,
    asked: rows[0]!.id,
    publishers: 'northwind.example',
    told: 'nothing.atom',
  }
  return Array.from(routes, (route) => {
    const [first = ''] = route.split('/')
    return `/${route === '.' ? '' : route.replace(/\[\w+\]/, ends[first] ?? 'none').replace(/\[\w+\]/, 'none')}`
  })
}

describe('nothing of a reader', () => {
  test('is asked for by any public route: no cookie, no script, nobody else, not even where there is nothing', async () => {
    const routes = await everyRoute()
    expect(routes.length).toBeGreaterThan(20)
    const foreign = /(?:src|href|action)="(?:https?:)?\/\/(?!127\.0\.0\.1)|<script|<iframe|<style|style="/i
    for (const path of routes) {
      const { status, headers, body } = await get(path)
      expect(status, path).toBeLessThan(500)
      expect([path, headers.get('set-cookie')]).toEqual([path, null])
      expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none'/)
      const loaded = body.replace(/<a [^>]*>|<link rel="(?:canonical|alternate)"[^>]*>/g, '')
      if (headers.get('content-type')?.startsWith('text/html'))
        expect(foreign.exec(loaded)?.[0], path).toBeUndefined()
    }
  })

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
    ['zh-HK,zh;q=0.8,en;q=0.7', 'zh-Hant', 'ltr', '收到拿不準的訊息嗎'],
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
