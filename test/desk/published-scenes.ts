/** The pages of what was published, at the desk and in public, in the states that people see them in. */

import { type FilledPublications, filledPublications } from './fill-publications.ts'
import type { Scene } from './scenes.ts'

const at =
  (pathOf: (publications: FilledPublications) => string): Scene['go'] =>
  async (page, desk) => {
    await page.goto(desk.site.url + pathOf(await filledPublications(desk)))
  }

export const publishedScenes: Record<string, Scene> = {
  publications: {
    route: '/desk/publications',
    who: 'northLead',
    go: at(() => '/desk/publications'),
  },
  'ready to publish': {
    route: '/desk/publications/ready/[verdictId]',
    who: 'northChecker',
    go: at(({ ready }) => `/desk/publications/ready/${ready}`),
  },
  'ready as a correction, refused': {
    route: '/desk/publications/ready/[verdictId]',
    who: 'northChecker',
    go: async (page, desk) => {
      await at(({ readyCorrection }) => `/desk/publications/ready/${readyCorrection}`)(page, desk)
      await page.fill('#wrong', 'We wrote that it is half a year.')
      await page.click('form[action="?/correct"] button')
      await page.waitForSelector('#why-problem')
    },
  },
  'publication, standing': {
    route: '/desk/publications/[id]',
    who: 'northLead',
    go: at(({ standing }) => `/desk/publications/${standing}`),
  },
  'publication, its withdrawal proposed': {
    route: '/desk/publications/[id]',
    who: 'northChecker',
    go: at(({ proposed }) => `/desk/publications/${proposed}`),
  },
  challenges: {
    route: '/desk/challenges',
    who: 'northReader',
    go: at(() => '/desk/challenges'),
  },
  'challenge, for a maker': {
    route: '/desk/challenges/[id]',
    who: 'northLead',
    go: at(({ openChallenge }) => `/desk/challenges/${openChallenge}`),
  },
  'challenge, decided': {
    route: '/desk/challenges/[id]',
    who: 'northChecker',
    go: at(({ decidedChallenge }) => `/desk/challenges/${decidedChallenge}`),
  },
  numbers: {
    route: '/desk/numbers',
    who: 'northLead',
    go: async (page, desk) => {
      await at(() => '/desk/numbers')(page, desk)
      await page.waitForSelector('.chart:nth-child(2) canvas')
    },
  },
  'case, refused a step': {
    route: '/desk/cases/[id]',
    who: 'northChecker',
    go: async (page, desk) => {
      const { ready } = await filledPublications(desk)
      await page.goto(`${desk.site.url}/desk/publications/ready/${ready}`)
      await page.click('a[href*="/desk/cases/"]')
      await page.waitForSelector('form[action="?/comment"]')
      await page
        .locator('form[action="?/comment"]')
        .evaluate((form) => form.setAttribute('action', '?/reopen'))
      await page.fill('form[action="?/reopen"] textarea', 'Words of a step that cannot be.')
      await page.click('form[action="?/reopen"] button')
      await page.waitForSelector('[role=alert]')
    },
  },
  'people, giving a role': {
    route: '/desk/people',
    who: 'northLead',
    go: async (page, desk) => {
      await page.goto(`${desk.site.url}/desk/people`)
      await page.click('details:has(form[action="?/role"]) summary')
    },
  },
  'review, standing': {
    route: '/reviews/[id]',
    who: null,
    go: at(({ standing }) => `/reviews/${standing}`),
  },
  'review, corrected': {
    route: '/reviews/[id]',
    who: null,
    go: at(({ corrected }) => `/reviews/${corrected}`),
  },
  'review, withdrawn': {
    route: '/reviews/[id]',
    who: null,
    go: at(({ withdrawn }) => `/reviews/${withdrawn}`),
  },
  'review, not checkable': {
    route: '/reviews/[id]',
    who: null,
    go: at(({ notCheckable }) => `/reviews/${notCheckable}`),
  },
  'challenge this': {
    route: '/reviews/[id]/challenge',
    who: null,
    go: at(({ standing }) => `/reviews/${standing}/challenge`),
  },
  'challenge this, received': {
    route: '/reviews/[id]/challenge',
    who: null,
    go: async (page, desk) => {
      await at(({ withdrawn }) => `/reviews/${withdrawn}/challenge`)(page, desk)
      await page.fill('#text', 'It was right, and should come back.')
      await page.click('form:has(#text) button')
      await page.waitForSelector('ol.words')
    },
  },
  'check this': {
    route: '/reviews/[id]/check',
    who: null,
    go: async (page, desk) => {
      await at(({ standing }) => `/reviews/${standing}/check`)(page, desk)
      await page.waitForSelector('#verdict')
    },
  },
  'publications, none': {
    route: '/desk/publications',
    who: 'southLead',
    go: at(() => '/desk/publications'),
  },
  'publication, just published': {
    route: '/desk/publications/[id]',
    who: 'northChecker',
    go: at(({ standing }) => `/desk/publications/${standing}?done=published`),
  },
  'publication, withdrawn': {
    route: '/desk/publications/[id]',
    who: 'northLead',
    go: at(({ withdrawn }) => `/desk/publications/${withdrawn}`),
  },
  'publication, being withdrawn': {
    route: '/desk/publications/[id]',
    who: 'northLead',
    go: async (page, desk) => {
      await at(({ standing }) => `/desk/publications/${standing}`)(page, desk)
      await page.click('details summary')
    },
  },
  'challenges, none': { route: '/desk/challenges', who: 'southLead', go: at(() => '/desk/challenges') },
  'challenge, to be decided': {
    route: '/desk/challenges/[id]',
    who: 'northReader',
    go: async (page, desk) => {
      const { openChallenge } = await filledPublications(desk)
      const { db } = desk.needs
      const reader = desk.people.northReader.id
      await db.updateTable('people').set({ role: 'checker' }).where('id', '=', reader).execute()
      await page.goto(`${desk.site.url}/desk/challenges/${openChallenge}`)
      await db.updateTable('people').set({ role: 'reader' }).where('id', '=', reader).execute()
    },
  },
  'numbers, none': { route: '/desk/numbers', who: 'southLead', go: at(() => '/desk/numbers') },
  'review, in a translation': {
    route: '/reviews/[id]',
    who: null,
    go: at(({ standing }) => `/reviews/${standing}?text=ar`),
  },
  'challenge this, refused': {
    route: '/reviews/[id]/challenge',
    who: null,
    go: async (page, desk) => {
      await at(({ standing }) => `/reviews/${standing}/challenge`)(page, desk)
      await page.fill('#text', 'No.')
      await page.locator('form:has(#text)').evaluate((form) => form.setAttribute('novalidate', ''))
      await page.click('form:has(#text) button')
      await page.waitForSelector('.problem, .field-problem')
    },
  },
  'challenge this, looked up': {
    route: '/reviews/[id]/challenge',
    who: null,
    go: async (page, desk) => {
      await at(({ corrected }) => `/reviews/${corrected}/challenge`)(page, desk)
      await page.fill('#text', 'The lorries still cross it, I see them.')
      await page.click('form:has(#text) button')
      const words = await page.locator('ol.words li').allInnerTexts()
      await page.fill('#receipt', words.join(' '))
      await page.click('form:has(#receipt) button')
      await page.waitForSelector('[role=status]')
    },
  },
}
