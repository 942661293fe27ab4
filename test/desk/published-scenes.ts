/** The pages of what was published, at the desk and in public, in the states that people see them in. */

import { type FilledPublications, filledPublications } from './fill-publications.ts'
import type { Scene } from './scenes.ts'

const at =
  (pathOf: (publications: FilledPublications) => string): Scene['go'] =>
  async (page, desk) => {
    await page.goto(desk.site.url + pathOf(await filledPublications(desk)))
  }

export const publishedScenes: Record<string, Scene> = {
  publications: { who: 'northLead', go: at(() => '/desk/publications') },
  'ready to publish': { who: 'northChecker', go: at(({ ready }) => `/desk/publications/ready/${ready}`) },
  'ready as a correction, refused': {
    who: 'northChecker',
    go: async (page, desk) => {
      await at(({ readyCorrection }) => `/desk/publications/ready/${readyCorrection}`)(page, desk)
      await page.fill('#wrong', 'We wrote that it is half a year.')
      await page.click('form[action="?/correct"] button')
      await page.waitForSelector('#why-problem')
    },
  },
  'publication, standing': { who: 'northLead', go: at(({ standing }) => `/desk/publications/${standing}`) },
  'publication, its withdrawal proposed': {
    who: 'northChecker',
    go: at(({ proposed }) => `/desk/publications/${proposed}`),
  },
  challenges: { who: 'northReader', go: at(() => '/desk/challenges') },
  'challenge, for a maker': {
    who: 'northLead',
    go: at(({ openChallenge }) => `/desk/challenges/${openChallenge}`),
  },
  'challenge, decided': {
    who: 'northChecker',
    go: at(({ decidedChallenge }) => `/desk/challenges/${decidedChallenge}`),
  },
  numbers: {
    who: 'northLead',
    go: async (page, desk) => {
      await at(() => '/desk/numbers')(page, desk)
      await page.waitForSelector('.chart:nth-child(2) canvas')
    },
  },
  'case, refused a step': {
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
    who: 'northLead',
    go: async (page, desk) => {
      await page.goto(`${desk.site.url}/desk/people`)
      await page.click('details:has(form[action="?/role"]) summary')
    },
  },
  'review, standing': { who: null, go: at(({ standing }) => `/reviews/${standing}`) },
  'review, corrected': { who: null, go: at(({ corrected }) => `/reviews/${corrected}`) },
  'review, withdrawn': { who: null, go: at(({ withdrawn }) => `/reviews/${withdrawn}`) },
  'review, not checkable': { who: null, go: at(({ notCheckable }) => `/reviews/${notCheckable}`) },
  'challenge this': { who: null, go: at(({ standing }) => `/reviews/${standing}/challenge`) },
  'challenge this, received': {
    who: null,
    go: async (page, desk) => {
      await at(({ withdrawn }) => `/reviews/${withdrawn}/challenge`)(page, desk)
      await page.fill('#text', 'It was right, and should come back.')
      await page.click('form:has(#text) button')
      await page.waitForSelector('ol.receipt')
    },
  },
  'check this': {
    who: null,
    go: async (page, desk) => {
      await at(({ standing }) => `/reviews/${standing}/check`)(page, desk)
      await page.waitForSelector('#verdict')
    },
  },
}
