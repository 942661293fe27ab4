/**
 * The real site with a desk: two organisations, their people and an operator, everybody signed in. For tests that act as
 * one of them, by requests or in a browser.
 */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Site } from '#cli/site/open-site.ts'
import type { OrganisationId } from '#domain/ids.ts'
import type { Needs } from '#flows/needs.ts'
import type { OpenedDatabase } from '#io/database/open.ts'
import {
  browserCookieOf,
  cookieOf,
  type DeskName,
  type DeskPerson,
  type FilledDesk,
  fillDesk,
} from './desk/fill-desk.ts'
import { freshDatabase } from './fresh-database.ts'
import { type Look, openBrowser, openReader } from './pages/browser.ts'
import { openFilledSite } from './pages/open-filled-site.ts'

export { type DeskName, type DeskPerson, deskNames, deskPassword } from './desk/fill-desk.ts'

export interface DeskSite {
  readonly site: Site
  readonly needs: Needs
  readonly people: Record<DeskName, DeskPerson>
  readonly organisations: Record<'north' | 'south', OrganisationId>
  /** GET, as one of them or as nobody; redirects are not followed. */
  get(who: DeskName | null, path: string): Promise<Response>
  /** A form as the browser sends it, token and origin included; `headers` replace what they name. */
  post(
    who: DeskName | null,
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>
  /** A browser in which this person is signed in; closed after the test. */
  browse(who: DeskName | null, look?: Look): Promise<BrowserContext>
}

interface Opened extends FilledDesk {
  site: Site
}

/** Call at the top of a test file. */
export function openDeskSite(
  settings: NodeJS.ProcessEnv = {},
  opening: Promise<OpenedDatabase> = freshDatabase(),
): DeskSite {
  let opened: Opened | undefined
  let browser: Browser | undefined
  opening.catch(() => {})

  beforeAll(async () => {
    const site = await openFilledSite({ database: await opening, empty: true, settings })
    opened = { site, ...(await fillDesk(site.needs)) }
  })
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  afterAll(async () => {
    await browser?.close()
    await opened?.site.close()
  })

  const now = (): Opened => {
    if (!opened) throw new Error('The desk is opened in beforeAll.')
    return opened
  }
  return {
    get site() {
      return now().site
    },
    get needs() {
      return now().site.needs
    },
    get people() {
      return now().people
    },
    get organisations() {
      return now().organisations
    },
    get: (who, path) =>
      fetch(now().site.url + path, { redirect: 'manual', headers: who ? cookieOf(now().people[who]) : {} }),
    post: (who, path, fields, headers = {}) => {
      const person = who && now().people[who]
      return fetch(now().site.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: now().site.url, ...(person ? cookieOf(person) : {}), ...headers },
        body: new URLSearchParams(person ? { token: person.formToken, ...fields } : fields),
      })
    },
    browse: async (who, look = { width: 'desk', javaScript: true }) => {
      browser ??= await openBrowser()
      const context = await openReader(browser, look)
      if (who) await context.addCookies([browserCookieOf(now().site.url, now().people[who])])
      return context
    },
  }
}
