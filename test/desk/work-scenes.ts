/** The pages of the inbox, of rumours and of cases, in the states that people see them in. */
import type { CaseId, RumourId } from '#domain/ids.ts'
import { emptyDraft } from '#domain/verdict.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import { dropCase, invitePartner } from '#flows/work-case/plan-case.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { mergeRumours } from '#flows/work-inbox/merge-rumours.ts'
import { type FilledCases, filledCases } from './fill-cases.ts'
import type { Scene, SceneDesk } from './scenes.ts'

/** A page of the desk once it has rumours and cases. */
const work =
  (pathOf: (cases: FilledCases) => string): Scene['go'] =>
  async (page, desk) => {
    await page.goto(desk.site.url + pathOf(await filledCases(desk)))
  }

/** A draft of the lead's, saved beside whoever writes in the browser. */
async function savedByLead(
  { needs, people }: SceneDesk,
  caseId: CaseId,
  base: number,
  summary: string,
): Promise<void> {
  const { ratingValue: _, ...draft } = emptyDraft('The harbour bridge is about to fall', 'en')
  await saveDraft(needs, people.northLead.actor, { caseId, base, content: { ...draft, summary } })
}

async function newCase(
  { needs, people }: SceneDesk,
  claim: string,
  rumourId: RumourId | null = null,
): Promise<CaseId> {
  return takeCase(needs, people.northChecker.actor, { rumourId, claim })
}

export const workScenes: Record<string, Scene> = {
  inbox: {
    route: '/desk/inbox',
    who: 'northChecker',
    go: work(() => '/desk/inbox?work=all'),
  },
  'inbox, narrowed to nothing': {
    route: '/desk/inbox',
    who: 'northReader',
    go: work(() => '/desk/inbox?work=mine&in=es'),
  },
  'inbox, its keys': {
    route: '/desk/inbox',
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
    route: '/desk/rumours/[id]',
    who: 'northChecker',
    go: work((cases) => `/desk/rumours/${cases.answerable}`),
  },
  'rumour with a case': {
    route: '/desk/rumours/[id]',
    who: 'northChecker',
    go: work((cases) => `/desk/rumours/${cases.rumours[0]}`),
  },
  cases: {
    route: '/desk/cases',
    who: 'northChecker',
    go: work(() => '/desk/cases'),
  },
  'case, being written': {
    route: '/desk/cases/[id]',
    who: 'northChecker',
    go: work((cases) => `/desk/cases/${cases.drafted}`),
  },
  'case, for its second person': {
    route: '/desk/cases/[id]',
    who: 'northLead',
    go: work((cases) => `/desk/cases/${cases.inReview}`),
  },
  'case, as a reader': {
    route: '/desk/cases/[id]',
    who: 'northReader',
    go: work((cases) => `/desk/cases/${cases.inReview}`),
  },
  'case, returned': {
    route: '/desk/cases/[id]',
    who: 'northLead',
    go: work((cases) => `/desk/cases/${cases.returned}`),
  },
  'case, refused evidence': {
    route: '/desk/cases/[id]',
    who: 'northChecker',
    go: async (page, desk) => {
      await work((cases) => `/desk/cases/${cases.drafted}`)(page, desk)
      await page.waitForSelector('.save-line [role=status]:not(:empty)')
      await page.locator('form[action="?/collect"]').evaluate((form) => {
        form.setAttribute('novalidate', '')
        form.closest('details')?.setAttribute('open', '')
      })
      await page.fill('#url', 'harbour office, second floor')
      await page.click('form[action="?/collect"] button')
      await page.waitForSelector('#url-problem')
    },
  },
  'case, versions': {
    route: '/desk/cases/[id]/versions',
    who: 'northChecker',
    go: work((cases) => `/desk/cases/${cases.drafted}/versions`),
  },
  'inbox, nothing put off': {
    route: '/desk/inbox',
    who: 'northLead',
    go: work(() => '/desk/inbox?work=snoozed'),
  },
  'cases, none dropped': {
    route: '/desk/cases',
    who: 'southLead',
    go: work(() => '/desk/cases?view=dropped'),
  },
  'cases, a new one': {
    route: '/desk/cases',
    who: 'northChecker',
    go: async (page, desk) => {
      await work(() => '/desk/cases?view=mine')(page, desk)
      await page.click('details.panel summary')
    },
  },
  'case, empty': {
    route: '/desk/cases/[id]',
    who: 'northChecker',
    go: async (page, desk) => {
      await page.goto(`${desk.site.url}/desk/cases/${await newCase(desk, 'The town hall is painted pink')}`)
    },
  },
  'case, written by two': {
    route: '/desk/cases/[id]',
    who: 'northChecker',
    go: async (page, desk) => {
      const id = await newCase(desk, 'The fountain gives vinegar')
      await page.goto(`${desk.site.url}/desk/cases/${id}`)
      await page.waitForSelector(
        '.save-line [role=status]:has-text("…"), .save-line [role=status]:not(:empty)',
      )
      await savedByLead(desk, id, 0, 'It gives water, and always has.')
      await page.fill('[name=summary]', 'It gives water.')
      await page.click('.save-line button')
      await page.waitForSelector('#summary-theirs')
    },
  },
  'case, versions compared': {
    route: '/desk/cases/[id]/versions',
    who: 'northChecker',
    go: async (page, desk) => {
      const id = await newCase(desk, 'The clock runs backwards')
      await savedByLead(desk, id, 0, 'It runs forwards, as clocks do.')
      const { ratingValue: _, ...draft } = emptyDraft('The clock of the tower runs backwards', 'en')
      const content = { ...draft, summary: 'It runs forwards, as all clocks do.', ratingLabel: 'Wrong' }
      await saveDraft(desk.needs, desk.people.northChecker.actor, { caseId: id, base: 1, content })
      await page.goto(`${desk.site.url}/desk/cases/${id}/versions`)
    },
  },
  'case, dropped': {
    route: '/desk/cases/[id]',
    who: 'northChecker',
    go: async (page, desk) => {
      const caseId = await newCase(desk, 'The moon is made of cheese')
      await dropCase(desk.needs, desk.people.northChecker.actor, {
        caseId,
        reason: 'It is a joke between friends.',
      })
      await page.goto(`${desk.site.url}/desk/cases/${caseId}`)
    },
  },
  'case, of a partner': {
    route: '/desk/cases/[id]',
    who: 'southLead',
    go: async (page, desk) => {
      const { inReview } = await filledCases(desk)
      const { needs, people, organisations } = desk
      const invited = { caseId: inReview, organisationId: organisations.south }
      await invitePartner(needs, people.northLead.actor, invited).catch(() => {})
      await page.goto(`${desk.site.url}/desk/cases/${inReview}`)
    },
  },
  'case, of nobody here': {
    route: '/desk/cases/[id]',
    who: 'southChecker',
    go: work(({ drafted }) => `/desk/cases/${drafted}`),
  },
  'rumour, put together with another': {
    route: '/desk/rumours/[id]',
    who: 'northLead',
    go: async (page, desk) => {
      const { rumours, answerable } = await filledCases(desk)
      const put = { rumourId: rumours[5]!, into: answerable }
      await mergeRumours(desk.needs, desk.people.northLead.actor, put).catch(() => {})
      await page.goto(`${desk.site.url}/desk/rumours/${put.rumourId}`)
    },
  },
  'rumour, an original opened': {
    route: '/desk/rumours/[id]',
    who: 'northLead',
    go: async (page, desk) => {
      await work(({ answerable }) => `/desk/rumours/${answerable}`)(page, desk)
      const opening = page.locator('details:has(form[action="?/original"])').first()
      await opening.locator('summary').click()
      await opening.locator('textarea').fill('The number in it may be the caller’s own.')
      await opening.locator('button').click()
      await page.waitForSelector('.original')
    },
  },
}
