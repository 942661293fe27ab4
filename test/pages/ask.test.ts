/** The ask page, in a browser without scripts: what a worried person reads after pasting a message. */
import { afterEach, describe, expect, test } from 'vitest'
import { AssayError } from '#domain/errors.ts'
import { type Decision, messageLimits, whyKinds } from '#domain/message.ts'
import { openPages } from './reader.ts'
import { wallMessage } from './records.ts'
import { type Scripted, scriptEngine } from './scripted-engine.ts'

const pages = openPages()
const undo: (() => void)[] = []

/** What the engine finds until the test is over. */
async function scripted(decision: Decision, matches: Scripted[]): Promise<void> {
  undo.push((await scriptEngine(pages, decision, matches)).restore)
}
afterEach(() => {
  for (const restore of undo.splice(0)) restore()
})

const bats: Scripted = [
  'bats blind',
  'plaindesk.example',
  0.99,
  [
    { kind: 'words', terms: ['bats', 'blind'] },
    { kind: 'numbers-differ', terms: ['500', '50'] },
  ],
]

describe('an answer', () => {
  test('the very words of a claim are answered by its review, from box to page', async () => {
    const { ask, text } = await pages.reader()
    await ask('Bats are blind')
    expect(await text('#answer-heading')).toBe('A fact-checker has looked into this')
    expect(await text('.match >> nth=0')).toContain('Bats are blind')
  })

  test('is on the same page, with rating, publisher, date, language and a link to the publisher', async () => {
    await scripted('answered', [bats])
    const { page, ask, text } = await pages.reader()
    await ask('Everybody knows that bats are blind, forward this')
    const said = await text('.match')
    for (const words of [
      'Bats are blind',
      'False',
      'The Plain Desk',
      'October 31, 2020',
      'in English',
      'Sample',
    ]) {
      expect(said).toContain(words)
    }
    expect(await page.getAttribute('.match a.read', 'href')).toBe(
      'https://plaindesk.example/checks/Bats-are-blind',
    )
    expect(await page.inputValue('textarea')).toBe('Everybody knows that bats are blind, forward this')
  })

  test('says why it fits, what differs, and how sure it is, in words', async () => {
    await scripted('answered', [bats])
    const { ask, text } = await pages.reader()
    await ask('500 bats are blind')
    expect(await text('.sure')).toBe('Almost certainly the same claim')
    expect(await text('.why')).toMatch(/The same words\s+bats\s+blind\s+The numbers differ\s+500\s+50/)
  })

  test.each(whyKinds)('has words for the reason "%s"', async (kind) => {
    await scripted('answered', [['bats blind', 'plaindesk.example', 0.9, [{ kind, terms: [] }]]])
    const { ask, text } = await pages.reader()
    await ask('bats')
    expect(await text('.why-kind')).toMatch(/^[A-Z][a-z ]+$/)
  })

  test('of publishers that disagree sets them side by side and says it', async () => {
    await scripted('answered', [
      ['wall astronauts', 'plaindesk.example', 0.98],
      ['wall space', 'orbitcheck.example', 0.97],
    ])
    const { page, ask, text } = await pages.reader({ width: 'desk' })
    await ask(wallMessage)
    expect(await text('#answer-heading')).toBe('2 fact-checkers have looked into this')
    expect(await text('#answer > .lede')).toContain('do not agree')
    expect(await text('.match')).toContain('Fact-checkers disagree about this claim')
    expect(await text('.findings .rating')).toMatch(
      /Nope[\s\S]*that is: False[\s\S]*Partly right[\s\S]*that is: Partly true/,
    )
    const tops = await page
      .locator('.findings > li')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().top))
    expect(tops).toHaveLength(2)
    expect(tops[0]).toBe(tops[1])
  })

  test('keeps apart what is likely another claim', async () => {
    await scripted('answered', [bats, ['lightning', 'orbitcheck.example', 0.3]])
    const { ask, text } = await pages.reader()
    await ask('bats are blind')
    expect(await text('.also')).toMatch(/Also near[\s\S]*perhaps not the same claim[\s\S]*Lightning/)
  })

  test('that is only near is not called an answer, and what to do next stands below', async () => {
    await scripted('related', [['lightning', 'orbitcheck.example', 0.3]])
    const { ask, text } = await pages.reader()
    await ask('the lightning in my village')
    expect(await text('#answer-heading')).toBe('Nothing answers exactly this')
    expect(await text()).toContain('they are not an answer to your message')
    expect(await text('.sure')).toBe('Perhaps related')
    expect(await text()).toContain('Do not pass it on yet.')
  })

  test('is silence where nothing fits, in honest words', async () => {
    await scripted('none', [])
    const { page, ask, text } = await pages.reader()
    await ask('My neighbour’s cat can play the accordion')
    expect(await text('#answer-heading')).toBe('Nothing fits this message')
    expect(await text()).toContain('That does not make it true, and it does not make it false')
    expect(await text()).toContain('Do not pass it on yet.')
    expect(await page.locator('.match').count()).toBe(0)
  })

  test('to a link that no review mentions says that it was only a link', async () => {
    const { ask, text } = await pages.reader()
    await ask('https://nowhere.example/some/page')
    expect(await text()).toContain('You pasted only a link')
  })
})

describe('what cannot be compared', () => {
  test.each([
    ['an empty box', '', 'There is nothing in the box yet.'],
    ['invisible characters only', '\u200b \u2066', 'There is nothing in the box yet.'],
    ['only emoji', '🤔🔥🔥', 'There are no words in this message'],
  ])('%s gets a clear sentence beside the box', async (_name, message, sentence) => {
    const { page, ask, text } = await pages.reader()
    await ask(message)
    expect(await text('[role=alert]')).toContain(sentence)
    expect(await page.getAttribute('textarea', 'aria-describedby')).toContain('message-problem')
    expect(await page.inputValue('textarea')).toBe(message)
  })

  test('a message that is too long is told so, and nothing that was typed is lost', async () => {
    const { page, ask, text } = await pages.reader()
    const message = `begin ${'word '.repeat(messageLimits.textMax / 5)}end`
    await ask(message)
    expect(await text('[role=alert]')).toMatch(/100,0\d\d characters, and 100,000 is the most/)
    expect(await page.inputValue('textarea')).toBe(message)
  })

  test('more than a form may carry gets a page with words', async () => {
    const response = await fetch(`${pages.site.url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `text=${'a'.repeat(2 * 1024 * 1024)}`,
    })
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('That is too much at once')
  })

  test.each(['\nfirst line is empty', '</textarea><script>alert(1)</script>', 'a\u202eb\u0000c'])(
    'awkward text comes back as it was typed: %j',
    async (message) => {
      const { page, ask } = await pages.reader()
      await ask(message)
      const kept = await page.inputValue('textarea')
      expect(kept).toBe(message.replaceAll('\0', '\ufffd'))
      expect(await page.locator('main script').count()).toBe(0)
    },
  )
})

describe('records that cannot be reached', () => {
  test('leave the message in the box, say so with 503, and say when to come back', async () => {
    const { engine } = pages.site.needs
    undo.push(() => {
      pages.site.needs.engine = engine
    })
    pages.site.needs.engine = {
      ...engine,
      size: 0,
      find: () => {
        throw new AssayError('unavailable', 'The database is away.')
      },
    }
    const response = await fetch(`${pages.site.url}/ask`, {
      method: 'POST',
      body: new URLSearchParams({ text: 'bats are blind' }),
    })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    const { page, ask, text } = await pages.reader()
    await ask('bats are blind')
    expect(await text('[role=alert]')).toContain('Your message is still in the box')
    expect(await page.inputValue('textarea')).toBe('bats are blind')
  })
})

describe('the address /ask', () => {
  test('opened without a message leads back to the box, in the same language', async () => {
    const { page, visit } = await pages.reader()
    await visit('/ask?lang=es')
    expect(page.url()).toBe(`${pages.site.url}/?lang=es`)
  })

  test('an answer is kept by no cache and found by no search engine', async () => {
    const response = await fetch(`${pages.site.url}/ask`, {
      method: 'POST',
      body: new URLSearchParams({ text: 'bats are blind' }),
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toContain('<meta name="robots" content="noindex"')
  })

  test('a form posted from another site, or from nowhere, is answered: it reads only', async () => {
    for (const origin of ['https://elsewhere.example', 'null']) {
      const response = await fetch(`${pages.site.url}/ask`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ text: 'bats are blind' }),
      })
      expect(response.status).toBe(200)
    }
  })
})
