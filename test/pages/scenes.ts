/** Every public page in the states that people see it in: for the eye (screenshots.ts) and for axe. Published reviews are the desk's. */
import { sql } from 'kysely'
import type { Site } from '#cli/site/open-site.ts'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import { answerNewestRumour } from './answer-rumour.ts'
import { askedRumours } from './asked-rumours.ts'
import type { Reader } from './read-page.ts'
import { wallMessage } from './records.ts'
import { type Scripted, scriptEngine } from './scripted-engine.ts'

export interface PublicScene {
  /** Of the page that it ends at; null for an address that is none. */
  route: string | null
  go(reader: Reader, site: Site): Promise<void>
}

const several: Scripted[] = [
  ['wall astronauts', 'plaindesk.example', 0.98, [{ kind: 'words', terms: ['Great Wall', 'Moon'] }]],
  ['wall space', 'orbitcheck.example', 0.97],
  ['bats blind', 'plaindesk.example', 0.3, [{ kind: 'numbers-differ', terms: ['500', '50'] }]],
]

const visit =
  (path: string): PublicScene['go'] =>
  (reader) =>
    reader.visit(path)

const ask =
  (message: string): PublicScene['go'] =>
  (reader) =>
    reader.ask(message)

/** The page of a publisher's record. */
const record =
  (topic: string): PublicScene['go'] =>
  async (reader, { needs }) => {
    const { claimReviews } = await listClaimReviews(needs.db, { topic }, { limit: 1 })
    await reader.visit(`/claim-reviews/${claimReviews[0]!.id}`)
  }

/** What nobody has asked before; the words name nobody and nothing that the reviews are about. */
const unheard = 'They say a goat was made mayor of our village, ask +44 20 7946 0958'

async function fillForm({ ask: asks, follow, page }: Reader, message = unheard): Promise<void> {
  await asks(message)
  await follow('.send-in button')
  await page.click('.tip-form summary')
}

/** From the ask page to the receipt's words. */
async function sendIn(reader: Reader, message?: string): Promise<string> {
  await fillForm(reader, message)
  await reader.follow('.tip-form button')
  return reader.page.inputValue('.copy')
}

async function open({ page, visit: visits, follow }: Reader, words: string, doing = 'read'): Promise<void> {
  await visits('/tips/status')
  await page.fill('textarea', words)
  await follow(`button[value=${doing}]`)
}

async function keep(reader: Reader, wordOf: (words: string[], place: number) => string): Promise<void> {
  const words = (await sendIn(reader)).split(' ')
  const place = Number(await reader.page.inputValue('input[name=place]'))
  await reader.page.fill('#kept-word', wordOf(words, place))
  await reader.follow('.kept-form button')
}

/** So that the next scene's tip is the newest rumour again. */
const forget = ({ needs }: Site) => sql`truncate rumours cascade`.execute(needs.db)

/** For each look another: what is answered, or near to it, is not sent in again. First answer, then its correction. */
const oddities = (
  [
    ['The ferry at the old pier runs on lemonade', 'The ferry at the old pier has a lemonade bar'],
    ['Our fire brigade keeps a trained otter', 'Our fire brigade was shown a trained otter'],
    ['Socks are taxed by the pair from Monday', 'Socks were taxed by the pair a century ago'],
    ['The baker hid a trumpet in every loaf', 'The baker hid a whistle in one loaf'],
    ['Pigeons vote in the choir of Saint Anne', 'Pigeons nest above the choir of Saint Anne'],
    ['A violin fell out of the clouds on Tuesday', 'A violin fell off a balcony on Tuesday'],
    ['The dentist pays for teeth with cheese', 'The dentist gave away cheese at a fair'],
    ['Umbrellas are banned in the botanical garden', 'Umbrellas are lent in the botanical garden'],
    ['My street lamp hums the national anthem', 'My street lamp hums because of a loose coil'],
    ['A snail won the marathon of the librarians', 'A snail is on the medal of the librarians'],
  ] satisfies [string, string][]
).values()

export const publicScenes: Record<string, PublicScene> = {
  'the empty ask page': { route: '/', go: visit('/') },
  'an answer': { route: '/ask', go: ask('is it true that bats are blind?') },
  'an answer of several publishers': {
    route: '/ask',
    go: async (reader, site) => {
      const { restore } = await scriptEngine({ site }, 'answered', several)
      await reader.ask(wallMessage)
      restore()
    },
  },
  'no answer, but something near': {
    route: '/ask',
    go: async (reader, site) => {
      const { restore } = await scriptEngine({ site }, 'related', several.slice(2))
      await reader.ask('They say that bats see nothing at all by day')
      restore()
    },
  },
  'no answer': { route: '/ask', go: ask('My neighbour’s cat can play the accordion') },
  'no answer to a link': { route: '/ask', go: ask('https://nowhere.example/') },
  'a message without words': { route: '/ask', go: ask('🤔🤔') },
  'a message that is too long': { route: '/ask', go: ask('accordion '.repeat(11_000)) },
  'a review': { route: '/claim-reviews/[id]', go: record('astronauts') },
  'a review that its publisher changed': { route: '/claim-reviews/[id]', go: record('goldfish') },
  'the form to send in': { route: '/tips/new', go: (reader) => fillForm(reader) },
  'the form to send in, refused': {
    route: '/tips/new',
    go: async (reader) => {
      await fillForm(reader)
      await reader.page.fill('.tip-form input[name=link]', 'ftp://files.example/goat')
      await reader.follow('.tip-form button')
    },
  },
  'a receipt': { route: '/tips/new', go: async (reader) => void (await sendIn(reader)) },
  'a receipt that was kept': {
    route: '/tips/kept',
    go: (reader) => keep(reader, (words, place) => words[place]!),
  },
  'a receipt that was not kept': { route: '/tips/kept', go: (reader) => keep(reader, () => 'surely not') },
  'the place for a receipt': { route: '/tips/status', go: visit('/tips/status') },
  'a receipt that opens nothing': { route: '/tips/status', go: (reader) => open(reader, 'abandon') },
  'a receipt with a slip of the pen': {
    route: '/tips/status',
    go: async (reader) => {
      const words = await sendIn(reader)
      await open(reader, words.split(' ').with(1, 'xyzzyplugh').join(' '), 'spell')
    },
  },
  'a tip that came in': {
    route: '/tips/status',
    go: async (reader) => open(reader, await sendIn(reader)),
  },
  'a tip whose answer has changed': {
    route: '/tips/status',
    go: async (reader, site) => {
      await forget(site)
      const [answered, corrected] = oddities.next().value!
      const words = await sendIn(reader, `${answered}, says my cousin`)
      await answerNewestRumour(site.needs, 'answered', { claim: answered })
      await answerNewestRumour(site.needs, 'corrected', { claim: corrected })
      await open(reader, words)
    },
  },
  'a tip that was deleted': {
    route: '/tips/status',
    go: async (reader) => {
      await open(reader, await sendIn(reader))
      await reader.page.click('details:has(button[value=delete]) summary')
      await reader.follow('button[value=delete]')
    },
  },
  'what is no claim': { route: '/tips/other', go: visit('/tips/other?country=EG') },
  'what nobody has asked': {
    route: '/asked',
    go: async (reader, site) => {
      await forget(site)
      await reader.visit('/asked')
    },
  },
  'what people ask': {
    route: '/asked',
    go: async (reader, site) => {
      await forget(site)
      await askedRumours(site.needs)
      await reader.visit('/asked')
    },
  },
  'a rumour that people ask': {
    route: '/asked/[id]',
    go: async (reader, site) => {
      await forget(site)
      await askedRumours(site.needs)
      await reader.visit('/asked')
      await reader.follow('.match .actions a')
    },
  },
  publishers: { route: '/publishers', go: visit('/publishers') },
  'a publisher': { route: '/publishers/[site]', go: visit('/publishers/northwind.example') },
  'a made-up publisher': { route: '/publishers/[site]', go: visit('/publishers/mirsad.example') },
  'the latest': { route: '/latest', go: visit('/latest') },
  'the latest, filtered': { route: '/latest', go: visit('/latest?words=almanac&from=2009-01-01') },
  'the latest, filtered to nothing': { route: '/latest', go: visit('/latest?words=accordion') },
  'the API': { route: '/docs', go: visit('/docs') },
  'about Assay': { route: '/about', go: visit('/about') },
  'nothing here': { route: null, go: visit('/nowhere') },
}
