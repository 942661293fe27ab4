/** Sites say in robots.txt what programs may fetch, and are believed. */
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { handClock, jumpingClock, localFetcher, openSite } from './site.ts'

const page = { bytesMax: 10_000, deadlineMs: 60_000 }
const hourMs = 60 * 60 * 1_000

async function withRobots(
  robots: (response: ServerResponse) => void,
  work: (site: Awaited<ReturnType<typeof openSite>>) => Promise<void>,
) {
  const site = await openSite({
    '/robots.txt': robots,
    '/open': (response) => response.end('open'),
    '/closed': (response) => response.end('closed'),
  })
  await work(site).finally(() => site.close())
}

const robotsAsked = (site: Awaited<ReturnType<typeof openSite>>) =>
  site.asked.filter(({ url }) => url === '/robots.txt').length

test.each([
  'User-agent: *\nDisallow: /closed',
  'User-agent: assay\nDisallow: /closed\n\nUser-agent: *\nDisallow: /',
])('a page that it closes is not fetched, others are', async (text) => {
  await withRobots(
    (response) => response.end(text),
    async (site) => {
      const fetcher = localFetcher()
      await expect(fetcher.fetchPage(`${site.url}/closed`, page)).rejects.toMatchObject({ code: 'forbidden' })
      expect(await fetcher.fetchPage(`${site.url}/open`, page)).toMatchObject({ kind: 'ok' })
      expect(site.asked.map(({ url }) => url)).toEqual(['/robots.txt', '/open'])
      await fetcher.close()
    },
  )
})

test('a page reached by a redirect is asked for too', async () => {
  await withRobots(
    (response) => response.end('User-agent: *\nDisallow: /closed'),
    async (site) => {
      const door = await openSite({
        '/': (response) => response.writeHead(302, { location: `${site.url}/closed` }).end(),
      })
      const fetcher = localFetcher()
      await expect(fetcher.fetchPage(door.url, page)).rejects.toMatchObject({ code: 'forbidden' })
      await fetcher.close()
      await door.close()
    },
  )
})

test.each([401, 403, 404, 410])('a site that answers %i to it allows everything', async (status) => {
  await withRobots(
    (response) => response.writeHead(status).end('Disallow: /'),
    async (site) => {
      const fetcher = localFetcher()
      expect(await fetcher.fetchPage(`${site.url}/closed`, page)).toMatchObject({ kind: 'ok' })
      await fetcher.close()
    },
  )
})

test.each([429, 500, 503])('a site that answers %i to it is left alone for a while', async (status) => {
  const clock = handClock()
  let isWell = false
  await withRobots(
    (response) => response.writeHead(isWell ? 404 : status).end(),
    async (site) => {
      const fetcher = localFetcher({ clock })
      for (const _again of [1, 2]) {
        await expect(fetcher.fetchPage(`${site.url}/open`, page)).rejects.toMatchObject({
          code: 'unavailable',
        })
      }
      expect(site.asked.map(({ url }) => url)).toEqual(['/robots.txt'])
      isWell = true
      clock.move(hourMs)
      expect(await fetcher.fetchPage(`${site.url}/open`, page)).toMatchObject({ kind: 'ok' })
      await fetcher.close()
    },
  )
})

test('it is remembered for an hour', async () => {
  const clock = handClock()
  await withRobots(
    (response) => response.end(''),
    async (site) => {
      const fetcher = localFetcher({ clock })
      for (const passedMs of [0, hourMs - 1, 1]) {
        clock.move(passedMs)
        await fetcher.fetchPage(`${site.url}/open`, page)
      }
      expect(robotsAsked(site)).toBe(2)
      await fetcher.close()
    },
  )
})

test('only the beginning of an endless one is read', async () => {
  await withRobots(
    (response) => {
      response.write('User-agent: *\nDisallow: /closed\n')
      const more = '# words\n'.repeat(10_000)
      const send = () => response.destroyed || response.write(more, () => setImmediate(send))
      send()
    },
    async (site) => {
      const fetcher = localFetcher()
      await expect(fetcher.fetchPage(`${site.url}/closed`, page)).rejects.toMatchObject({ code: 'forbidden' })
      await fetcher.close()
    },
  )
})

test.each([
  ['10', 10_000],
  ['86400', 30_000],
  ['-5', 0],
  ['soon', 0],
])('a crawl delay of %s s is kept, up to half a minute', async (delay, gap) => {
  const clock = jumpingClock()
  await withRobots(
    (response) => response.end(`User-agent: *\nCrawl-delay: ${delay}`),
    async (site) => {
      const fetcher = localFetcher({ clock })
      await fetcher.fetchPage(`${site.url}/open`, page)
      await fetcher.fetchPage(`${site.url}/open`, page)
      expect(clock.waits).toEqual(gap ? [gap] : [])
      await fetcher.close()
    },
  )
})
