/**
 * Whatever is wrong with a public form, each word that was typed into it is in the answer's form: every form with words ×
 * every refusal that it can meet.
 */
import { parse } from 'parse5'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Site } from '#cli/site/open-site.ts'
import { AssayError } from '#domain/errors.ts'
import type { ClaimReviewId } from '#domain/ids.ts'
import { challengeReview } from '#flows/challenge-review/challenge-review.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { openDatabaseAt } from '#io/database/open.ts'
import { openDatabaseLine } from '../api/database-line.ts'
import { freshPlace } from '../fresh-database.ts'
import { openPublishDesk } from '../publish/publish-desk.ts'
import { openFilledSite } from './open-filled-site.ts'

type Fields = Record<string, string>

const { place, drop } = await freshPlace()
const line = await openDatabaseLine(place)
let site: Site
const addresses = { challenged: '', crowded: '' }
let isCut = false
/** Challenges of one review that may be open. */
const openMax = 200

beforeAll(async () => {
  site = await openFilledSite({ database: await openDatabaseAt(line.place), empty: true })
  const desk = await openPublishDesk(site.needs.db)
  const publish = async () => {
    const verdictId = await desk.addVerdict(await desk.addCase())
    return (await publishVerdict(site.needs, desk.author, verdictId)).claimReviewId
  }
  const crowded = await publish()
  for (let at = 0; at < openMax; at++) await challengeOf(crowded, at)
  addresses.challenged = `/reviews/${await publish()}/challenge`
  addresses.crowded = `/reviews/${crowded}/challenge`
}, 60_000)
afterEach(async () => {
  gate.enter = null
  if (!isCut) return
  await line.mend()
  isCut = false
  await vi.waitFor(async () => expect((await fetch(`${site.url}/healthz`)).status).toBe(200), 20_000)
})
afterAll(async () => {
  await site.close()
  await line.close()
  await drop()
})

function challengeOf(claimReviewId: ClaimReviewId, at: number) {
  const sent = { text: `This is wrong for reason number ${at}.`, contact: '', clientId: `client-${at}` }
  return challengeReview(site.needs, { claimReviewId, ...sent })
}

/** What the gate of tips says while a flood comes in. */
const gate: { enter: AssayError | null } = { enter: null }
function flood(code: 'rate_limited' | 'unavailable') {
  return async () => {
    gate.enter = new AssayError(code, 'A flood.')
    const { tipGate } = site.needs
    const enter: typeof tipGate.enter = async (clientId, pass, work) => {
      if (gate.enter) throw gate.enter
      return tipGate.enter(clientId, pass, work)
    }
    Object.assign(site.needs, { tipGate: { ...tipGate, enter } })
  }
}
async function cut() {
  isCut = true
  await line.cut()
}

const tip = {
  text: 'They say <b>the bridge</b> fell & nobody\ntells us "why".',
  doubt: 'I walked over it\nthis morning.',
  link: 'https://posts.example/1?a=1&b=2',
  platform: 'a group of neighbours',
  day: '2026-02-03',
  lang: 'ar',
  country: 'EG',
}
const challenge = { text: 'The register says <otherwise> & so do I.', contact: 'ada@reader.example' }
const receipt = { receipt: 'twelve words that I wrote down badly' }

type Refusal = [what: string, status: number, change?: Fields, meet?: () => Promise<void>]
const forms: Record<string, { address: () => string; hidden?: Fields; fields: Fields; refusals: Refusal[] }> =
  {
    'a message sent in': {
      address: () => '/tips/new',
      hidden: { clientId: 'c0ffee-0123456789-abcdef-xyz' },
      fields: tip,
      refusals: [
        ['nothing to check', 400, { text: '', link: '' }],
        ['too long', 413, { text: 'long '.repeat(5_000).trim() }],
        ['a doubt that is too long', 413, { doubt: 'doubt '.repeat(2_000).trim() }],
        ['a platform that is too long', 413, { platform: 'place '.repeat(200).trim() }],
        ['no web address', 400, { link: 'ftp://posts.example' }],
        ['an address that is too long', 413, { link: `https://posts.example/${'x'.repeat(5_000)}` }],
        ['no day', 400, { day: '2026-02-31' }],
        ['very many at once', 429, {}, flood('rate_limited')],
        ['the line is full', 503, {}, flood('unavailable')],
        ['the database is away', 503, {}, cut],
      ],
    },
    'a challenge': {
      address: () => `${addresses.challenged}?/send`,
      hidden: { client: 'client-of-this-form' },
      fields: challenge,
      refusals: [
        ['nothing said', 400, { text: '' }],
        ['too short', 400, { text: 'Wrong' }],
        ['too long', 400, { text: 'long '.repeat(1_500).trim() }],
        ['an address that is too long', 400, { contact: 'a'.repeat(400) }],
        ['the database is away', 503, {}, cut],
      ],
    },
    'a challenge of what many have challenged': {
      address: () => `${addresses.crowded}?/send`,
      hidden: { client: 'client-of-this-form' },
      fields: challenge,
      refusals: [['too many are open', 503]],
    },
    'a challenge of what is not there': {
      address: () => `/reviews/${'0'.repeat(26)}/challenge?/send`,
      fields: challenge,
      refusals: [['no such review', 404]],
    },
    'the receipt of a challenge': {
      address: () => `${addresses.challenged}?/look`,
      fields: receipt,
      refusals: [
        ['opens nothing', 404],
        ['the database is away', 503, {}, cut],
      ],
    },
    'a receipt': {
      address: () => '/tips/status',
      hidden: { do: 'read' },
      fields: receipt,
      refusals: [
        ['opens nothing', 404],
        ['to be spelled', 200, { do: 'spell' }],
        ['to be deleted, opens nothing', 404, { do: 'delete' }],
        ['the database is away', 503, {}, cut],
      ],
    },
    'a word of the receipt': {
      address: () => '/tips/kept',
      hidden: { place: '2', proof: 'none' },
      fields: { word: 'abandon' },
      refusals: [['is another', 400]],
    },
    'a question': {
      address: () => '/ask',
      fields: { text: 'Is it true that <the> bridge fell?' },
      refusals: [
        ['nothing asked', 400, { text: '…' }],
        ['too long', 413, { text: 'long '.repeat(21_000).trim() }],
      ],
    },
  }

const cases = Object.entries(forms).flatMap(([name, { address, hidden = {}, fields, refusals }]) =>
  refusals.map(([what, status, change = {}, meet]) => ({
    name,
    what,
    status,
    meet,
    address,
    hidden,
    fields,
    change,
  })),
)

describe(`${Object.keys(forms).length} forms, ${cases.length} refusals`, () => {
  test.each(cases)('$name: $what', async ({ status, meet, address, hidden, fields, change }) => {
    const typed = Object.fromEntries(Object.keys(fields).map((name) => [name, change[name] ?? fields[name]!]))
    await meet?.()
    const answer = await fetch(site.url + address(), {
      method: 'POST',
      body: new URLSearchParams({ ...hidden, ...typed, ...change }),
    })
    const html = await answer.text()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const shown = valuesIn(html)
    for (const [name, value] of Object.entries(typed)) {
      if (status === 404 && !shown.has(name)) expect(textOf(html)).toContain(value)
      else expect([name, shown.get(name)]).toEqual([name, value])
    }
  })
})

interface Node {
  nodeName: string
  value?: string
  attrs?: { name: string; value: string }[]
  childNodes?: Node[]
}

/** What a browser would send of the page's forms, by the names of the fields. */
function valuesIn(html: string): Map<string, string> {
  const values = new Map<string, string>()
  const walk = (node: Node) => {
    const at = (name: string) => node.attrs?.find((one) => one.name === name)?.value
    const name = at('name')
    if (name && node.nodeName === 'textarea') values.set(name, textIn(node))
    if (name && node.nodeName === 'input' && at('type') !== 'hidden') values.set(name, at('value') ?? '')
    if (name && node.nodeName === 'select') values.set(name, chosenIn(node))
    node.childNodes?.forEach(walk)
  }
  walk(parse(html) as Node)
  return values
}

function chosenIn(select: Node): string {
  const options = select.childNodes?.filter(({ nodeName }) => nodeName === 'option') ?? []
  const chosen = options.find(({ attrs }) => attrs?.some(({ name }) => name === 'selected'))
  return chosen?.attrs?.find(({ name }) => name === 'value')?.value ?? ''
}

function textIn(node: Node): string {
  return node.value ?? (node.childNodes ?? []).map(textIn).join('')
}

const textOf = (html: string) => textIn(parse(html) as Node)
