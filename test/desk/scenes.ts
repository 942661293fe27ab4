/** Every page of the desk in the states that people see it in: for the eye (screenshots.ts) and for axe. */
import type { Page } from 'playwright-core'
import { inviteByLead, inviteByOperator } from '#flows/admit-person/invite.ts'
import type { DeskSite } from '../desk-site.ts'
import { type FilledCases, filledCases } from './fill-cases.ts'
import type { DeskName } from './fill-desk.ts'
import { publishedScenes } from './published-scenes.ts'

export interface Scene {
  who: DeskName | null
  go(page: Page, desk: Pick<DeskSite, 'site' | 'needs' | 'people'>): Promise<void>
}

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

/** A page of the desk once it has rumours and cases. */
const work =
  (pathOf: (cases: FilledCases) => string): Scene['go'] =>
  async (page, desk) => {
    await page.goto(desk.site.url + pathOf(await filledCases(desk)))
  }

export const scenes: Record<string, Scene> = {
  'sign-in': { who: null, go: visit('/desk/sign-in') },
  'sign-in refused': {
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
    who: 'northLead',
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/organisation`)
      await page.fill('#about', 'Typed while the session ended.')
      await page.context().clearCookies()
      await page.click('form.wide .buttons button')
      await page.waitForSelector('input[name=kept]', { state: 'attached' })
    },
  },
  invitation: { who: null, go: openInvitation },
  'invitation refused': {
    who: null,
    go: async (page, desk) => {
      await openInvitation(page, desk)
      await page.fill('#password', 'short')
      await page.click('button:not([type])')
      await page.waitForSelector('[role=alert]')
    },
  },
  'invitation gone': { who: null, go: visit('/desk/invitations/nothing') },
  desk: { who: 'northChecker', go: visit('/desk') },
  'desk of the operator': { who: 'operator', go: visit('/desk') },
  people: {
    who: 'northLead',
    go: async (page, desk) => {
      const { actor } = desk.people.northLead
      await inviteByLead(desk.needs, actor, { role: 'reader', email: 'soon@north.example' })
      await page.goto(`${desk.site.url}/desk/people`)
    },
  },
  'people, just invited': {
    who: 'northLead',
    go: async (page, { site }) => {
      await page.goto(`${site.url}/desk/people`)
      await page.fill('#email', 'other@north.example')
      await page.click('form.in-line button')
      await page.waitForSelector('.secret')
    },
  },
  'people, as a checker': { who: 'northChecker', go: visit('/desk/people') },
  organisation: { who: 'northLead', go: visit('/desk/organisation') },
  'organisation refused': {
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
  'organisation, as a reader': { who: 'northReader', go: visit('/desk/organisation') },
  'organisations, of the operator': { who: 'operator', go: visit('/desk/organisations') },
  account: { who: 'northLead', go: visit('/desk/account') },
  inbox: { who: 'northChecker', go: work(() => '/desk/inbox?work=all') },
  'inbox, narrowed to nothing': { who: 'northReader', go: work(() => '/desk/inbox?work=mine&in=es') },
  'inbox, its keys': {
    who: 'northChecker',
    go: async (page, desk) => {
      await work(() => '/desk/inbox?work=all')(page, desk)
      await page.waitForSelector('kbd')
      await page.keyboard.press('j')
      await page.keyboard.press('?')
      await page.waitForSelector('dialog[open]')
    },
  },
  'rumour that a review answers': {
    who: 'northChecker',
    go: work((cases) => `/desk/rumours/${cases.answerable}`),
  },
  'rumour with a case': { who: 'northChecker', go: work((cases) => `/desk/rumours/${cases.rumours[0]}`) },
  cases: { who: 'northChecker', go: work(() => '/desk/cases') },
  'case, being written': { who: 'northChecker', go: work((cases) => `/desk/cases/${cases.drafted}`) },
  'case, for its second person': { who: 'northLead', go: work((cases) => `/desk/cases/${cases.inReview}`) },
  'case, as a reader': { who: 'northReader', go: work((cases) => `/desk/cases/${cases.inReview}`) },
  'case, returned': { who: 'northLead', go: work((cases) => `/desk/cases/${cases.returned}`) },
  'case, refused evidence': {
    who: 'northChecker',
    go: async (page, desk) => {
      await work((cases) => `/desk/cases/${cases.drafted}`)(page, desk)
      await page.locator('form[action="?/collect"]').evaluate((form) => {
        form.setAttribute('novalidate', '')
        form.closest('details')?.setAttribute('open', '')
      })
      await page.fill('#url', 'harbour office, second floor')
      await page.click('form[action="?/collect"] button')
      await page.waitForSelector('#url-problem')
    },
  },
  'case, versions': { who: 'northChecker', go: work((cases) => `/desk/cases/${cases.drafted}/versions`) },
  'nothing here': { who: 'northLead', go: visit('/desk/nowhere') },
  'public page': { who: null, go: visit('/organisations/north') },
  ...publishedScenes,
}
