/** For page tests: the site, and readers with scripts switched off whose every request is written down. */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Site } from '#cli/site/open-site.ts'
import { freshDatabase } from '../fresh-database.ts'
import { type Look, openBrowser, openReader } from './browser.ts'
import { openFilledSite } from './open-filled-site.ts'
import { type Reader, readerOf } from './read-page.ts'

export type { Reader } from './read-page.ts'

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
    reader: async (look) => {
      const context = await openReader(open().browser, look)
      return readerOf(open().site, await context.newPage())
    },
  }
}
