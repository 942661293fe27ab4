/** For page tests: the site, and readers with scripts switched off whose every request is written down. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Site } from '#cli/site/open-site.ts'
import { freshDatabase } from '../fresh-database.ts'
import { type Look, openBrowser, openReader } from './browser.ts'
import { openFilledSite } from './open-filled-site.ts'

export interface Reader {
  page: Page
  context: BrowserContext
  /** Every address that the browser asked for. */
  requests: string[]
  visit(path: string): Promise<void>
  /** Types the message into the box of the ask page and sends it. */
  ask(message: string): Promise<void>
  /** Clicks what leads to another page, and waits until that is there. */
  follow(selector: string): Promise<void>
  /** What a person reads there, each place on a line of its own; `main` is the whole page without its frame. */
  text(selector?: string): Promise<string>
}

export interface PagesUnderTest {
  readonly site: Site
  /** Closed with the test file. */
  reader(look?: Look): Promise<Reader>
}

/** Call at the top of a test file. */
export function openPages({ empty = false }: { empty?: boolean } = {}): PagesUnderTest {
  let site: Site | undefined
  let browser: Browser | undefined
  const opening = freshDatabase()
  opening.catch(() => {})

  beforeAll(async () => {
    site = await openFilledSite({ database: await opening, empty })
    browser = await openBrowser()
  })
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const open = () => {
    if (!site || !browser) throw new Error('The site is opened in beforeAll.')
    return { site, browser }
  }
  return {
    get site() {
      return open().site
    },
    reader: async (look) => readerOf(open().site, await openReader(open().browser, look)),
  }
}

async function readerOf(site: Site, context: BrowserContext): Promise<Reader> {
  const page = await context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const visit = async (path: string) => {
    await page.goto(site.url + path)
  }
  const follow = async (selector: string) => {
    const loaded = page.waitForEvent('load')
    await page.click(selector)
    await loaded
  }
  return {
    page,
    context,
    requests,
    visit,
    follow,
    ask: async (message) => {
      await visit('/')
      await page.fill('textarea', message)
      await follow('button[type=submit]')
    },
    text: async (selector = 'main') => {
      const places = page.locator(selector)
      await places.first().waitFor()
      return (await places.allInnerTexts()).join('\n')
    },
  }
}
