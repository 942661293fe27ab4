/** Every page of the desk in the states that people see it in: for the eye (screenshots.ts) and for axe. */

import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { emptyProfile } from '#domain/organisation.ts'
import { inviteByLead, inviteByOperator } from '#flows/admit-person/invite.ts'
import { hotp, totpStepAt } from '#formats/totp/totp.ts'
import type { DeskSite } from '../desk-site.ts'
import { type DeskName, deskPassword } from './fill-desk.ts'
import { publishedScenes } from './published-scenes.ts'
import { workScenes } from './work-scenes.ts'

export interface Scene {
  /** Of the page that it ends at; null for an address that is none. */
  route: string | null
  who: DeskName | null
  go(page: Page, desk: SceneDesk): Promise<void>
}

export type SceneDesk = Pick<DeskSite, 'site' | 'needs' | 'people' | 'organisations'>

const visit =
  (path: string): Scene['go'] =>
  async (page, { site }) => {
    await page.goto(site.url + path)
  }

async function openInvitation(page: Page, { site, needs }: Pick<DeskSite, 'site' | 'needs'>): Promise<void> {
  const invited = { organisation: 'North Desk', role: 'checker' as const, email: 'new@north.example' }
  const { link } = await inviteByOperator(needs, invited)
  await page.goto(site.url + new URL(link).pathname)
}

export const scenes: Record<string, Scene> = {
  'sign-in': {
    route: '/desk/sign-in',
    who: null,
    go: visit('/desk/sign-in'),
  },
  'sign-in refused': {
    route: '/desk/sign-in',
    who: null,
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/sign-in`)
      await page.fill('#email', 'somebody@north.example')
      await page.fill('#password', 'not the right words')
      await page.click('button:not([type])')
      await page.waitForSelector('[role=alert]')
    },
  },
  'a form whose session was over': {
    route: '/desk/organisation',
    who: 'northLead',
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/organisation`)
      await page.fill('#about', 'Typed while the session ended.')
      await page.context().clearCookies()
      await page.click('form.wide .buttons button')
      await page.waitForSelector('input[name=kept]', { state: 'attached' })
    },
  },
  invitation: {
    route: '/desk/invitations/[secret]',
    who: null,
    go: openInvitation,
  },
  'invitation refused': {
    route: '/desk/invitations/[secret]',
    who: null,
    go: async (page, desk) => {
      await openInvitation(page, desk)
      await page.fill('#password', 'short')
      await page.click('button:not([type])')
      await page.waitForSelector('[role=alert]')
    },
  },
  'invitation gone': {
    route: '/desk/invitations/[secret]',
    who: null,
    go: visit('/desk/invitations/nothing'),
  },
  desk: {
    route: '/desk',
    who: 'northChecker',
    go: visit('/desk'),
  },
  'desk of the operator': {
    route: '/desk',
    who: 'operator',
    go: visit('/desk'),
  },
  people: {
    route: '/desk/people',
    who: 'northLead',
    go: async (page, desk) => {
      const { actor } = desk.people.northLead
      await inviteByLead(desk.needs, actor, { role: 'reader', email: 'soon@north.example' })
      await page.goto(`${desk.site.url}/desk/people`)
    },
  },
  'people, just invited': {
    route: '/desk/people',
    who: 'northLead',
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/people`)
      await page.fill('#email', 'other@north.example')
      await page.click('form.in-line button')
      await page.waitForSelector('.secret')
    },
  },
  'people, as a checker': {
    route: '/desk/people',
    who: 'northChecker',
    go: visit('/desk/people'),
  },
  organisation: {
    route: '/desk/organisation',
    who: 'northLead',
    go: visit('/desk/organisation'),
  },
  'organisation refused': {
    route: '/desk/organisation',
    who: 'northLead',
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/organisation`)
      await page.fill('#name', '')
      await page.fill('#website', 'north')
      await page.fill('#method', 'Short.')
      await page.locator('form.wide').evaluate((form) => form.setAttribute('novalidate', ''))
      await page.click('form.wide .buttons button')
      await page.waitForSelector('[role=alert]')
    },
  },
  'organisation, as a reader': {
    route: '/desk/organisation',
    who: 'northReader',
    go: visit('/desk/organisation'),
  },
  'organisations, of the operator': {
    route: '/desk/organisations',
    who: 'operator',
    go: visit('/desk/organisations'),
  },
  account: {
    route: '/desk/account',
    who: 'northLead',
    go: visit('/desk/account'),
  },
  'nothing here': {
    route: null,
    who: 'northLead',
    go: visit('/desk/nowhere'),
  },
  'public page': {
    route: '/organisations/[shortName]',
    who: null,
    go: visit('/organisations/north'),
  },
  'the desk of who may not publish yet': {
    route: '/desk',
    who: 'southLead',
    go: async (page, { site, needs, organisations }) => {
      await forgetProfile(needs, organisations.south)
      await page.goto(`${site.url}/desk`)
    },
  },
  'people, taking one out': {
    route: '/desk/people',
    who: 'northLead',
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/people`)
      await page.click('details:has(form[action="?/remove"]) summary')
    },
  },
  'public page of who said nothing': {
    route: '/organisations/[shortName]',
    who: null,
    go: async (page, { site, needs, organisations }) => {
      await forgetProfile(needs, organisations.south)
      await page.goto(`${site.url}/organisations/south`)
    },
  },
  'organisation, saved by two': {
    route: '/desk/organisation',
    who: 'northLead',
    go: async (page, { site, needs, organisations }) => {
      await page.goto(`${site.url}/desk/organisation`)
      await page.fill('#about', 'A desk that exists in pictures only.')
      await sql`update organisations set version = version + 1,
        profile = profile || '{"about": "A desk that exists in tests and pictures."}' where id = ${organisations.north}`.execute(
        needs.db,
      )
      await page.click('form.wide .buttons button')
      await page.waitForSelector('.other')
    },
  },
  'account, new recovery codes': {
    route: '/desk/account',
    who: 'northReader',
    go: async (page, { site, people, needs }) => {
      // A code is good once; each look at this page takes the same one.
      const { id } = people.northReader
      await needs.db.updateTable('people').set({ totp_step: null }).where('id', '=', id).execute()
      await page.goto(`${site.url}/desk/account`)
      await page.fill('#own-password', deskPassword)
      await page.fill('#own-code', hotp(people.northReader.totpSecret, totpStepAt(new Date())))
      await page.click('form[action="?/confirm"] button')
      await page.click('form[action="?/renewCodes"] button')
      await page.waitForSelector('.codes')
    },
  },
  'not yours to do': { route: '/desk/numbers', who: 'northReader', go: visit('/desk/numbers') },
  ...workScenes,
  ...publishedScenes,
}

async function forgetProfile(
  { db }: DeskSite['needs'],
  id: DeskSite['organisations']['south'],
): Promise<void> {
  await sql`update organisations set profile = ${JSON.stringify(emptyProfile)}::jsonb where id = ${id}`.execute(
    db,
  )
}
