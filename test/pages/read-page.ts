/** What a reader does with a page, in a few words: for tests and for pictures. Every request is written down. */
import type { BrowserContext, Page } from 'playwright-core'

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

export function readerOf({ url }: { url: string }, page: Page): Reader {
  const context = page.context()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const visit = async (path: string) => {
    await page.goto(url + path)
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
