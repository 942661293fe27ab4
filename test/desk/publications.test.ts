/** Publishing at the desk, in the browser and by forms: two people, one organisation, and readers who object. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ClaimReviewId, VerdictId } from '#domain/ids.ts'
import { challengeReview } from '#flows/challenge-review/challenge-review.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import { decideChallenge } from '#flows/publish-review/decide-challenge.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { withdrawReview } from '#flows/publish-review/revise-review.ts'
import { openDeskSite } from '../desk-site.ts'
import { caseMaker } from '../publish/publish-desk.ts'

const desk = openDeskSite()
let make: ReturnType<typeof caseMaker>
let verdictId: VerdictId
/** Published already, of the north. */
let reviewId: ClaimReviewId

async function growLog() {
  while ((await extendLog(desk.needs, desk.needs.log)) === 'published');
}

const checker = fileURLToPath(new URL('../../bin/assay-verify.js', import.meta.url))

/** What the page's command lines fetch, as the small checker accepts it: the entry that it says is in the log. */
async function provedByCommands(commands: string): Promise<{ kind: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-check-'))
  try {
    for (const [, file, at] of commands.matchAll(/-o (\S+) 'https?:\/\/[^/]+(\/[^']+)'/g)) {
      const answer = await fetch(desk.site.url + at)
      writeFileSync(join(folder, file!), new Uint8Array(await answer.arrayBuffer()))
    }
    const [, proof, entry, key] = /--proof (\S+) --entry (\S+) --vkey '([^']+)'/.exec(commands)!
    await promisify(execFile)(
      process.execPath,
      [checker, '--proof', proof!, '--entry', entry!, '--vkey', key!],
      {
        cwd: folder,
      },
    )
    const salted = readFileSync(join(folder, entry!.replace('.entry', '.document')))
    const { sha256, ...said } = JSON.parse(readFileSync(join(folder, entry!), 'utf8'))
    expect(sha256).toBe(createHash('sha256').update(salted).digest('hex'))
    return said
  } finally {
    rmSync(folder, { recursive: true })
  }
}

beforeAll(async () => {
  const { northChecker, northLead } = desk.people
  await openLog(desk.needs, desk.needs.log)
  make = caseMaker(desk.needs.db, {
    ids: desk.needs.ids,
    author: northChecker.actor,
    approver: northLead.actor,
  })
  verdictId = await make.addVerdict(await make.addCase(await make.addRumour()))
  const other = await make.addVerdict(await make.addCase(), { claim: 'The bridge is closed for a year.' })
  reviewId = (await publishVerdict(desk.needs, northChecker.actor, other)).claimReviewId
  await growLog()
})

describe('from approval to the page', () => {
  test('an approved verdict waits, is looked at once more, and goes out by one button', async () => {
    const page = await (await desk.browse('northChecker')).newPage()
    await page.goto(`${desk.site.url}/desk/publications`)
    await page.click('text=The tap water of the old town contains lead.')
    await page.click('text=Publish it now')
    await page.waitForURL(/\/desk\/publications\/[0-9a-z]{26}\?done=published/)
    await page.click('text=The public page')
    await page.waitForURL(/\/reviews\//)
    expect(await page.locator('main').innerText()).toContain('On its way into the public log')
  })

  test('sent twice, it is published once, and the second sender reads why', async () => {
    const again = await desk.post('northLead', `/desk/publications/ready/${verdictId}?/publish`, {})
    expect(again.status).toBe(404)
  })

  test.each(['southLead', 'operator'] as const)('to %s nothing of it exists', async (who) => {
    const mine = await make.addVerdict(await make.addCase(), { claim: 'Only the north knows this.' })
    for (const path of [`/desk/publications/ready/${mine}`, `/desk/publications/${reviewId}`])
      expect((await desk.get(who, path)).status, path).toBe(404)
    expect((await desk.post(who, `/desk/publications/ready/${mine}?/publish`, {})).status).toBe(404)
    const listed = await desk.get(who, '/desk/publications')
    expect(await listed.text()).not.toContain('Only the north knows this.')
  })

  test('a reader sees it and may not publish', async () => {
    const mine = await make.addVerdict(await make.addCase(), { claim: 'Readers read.' })
    const page = await (await desk.get('northReader', `/desk/publications/ready/${mine}`)).text()
    expect(page).toContain('Readers read.')
    expect(page).not.toContain('?/publish')
    expect((await desk.post('northReader', `/desk/publications/ready/${mine}?/publish`, {})).status).toBe(403)
  })
})

describe('taking back', () => {
  test('one proposes, and reads that another has to confirm; the other confirms; the page says when and why', async () => {
    const page = await (await desk.browse('northLead')).newPage()
    await page.goto(`${desk.site.url}/desk/publications/${reviewId}`)
    await page.click('summary')
    await page.fill('textarea[name=reason]', 'It was about another bridge.')
    await page.click('text=Propose the withdrawal')
    await page.locator('text=Another person has to confirm it now').waitFor()
    expect(await page.locator('form[action="?/confirm"]').count()).toBe(0)
    const other = await (await desk.browse('northChecker')).newPage()
    await other.goto(`${desk.site.url}/desk/publications/${reviewId}`)
    await other.click('form[action="?/confirm"] button')
    await other.locator('text=Everybody who was told before').waitFor()
    await other.locator('text=It is withdrawn: the public page says since when and why').waitFor()
    await other.goto(`${desk.site.url}/desk/publications`)
    const inList = other.locator('li', { has: other.locator(`a[href$="${reviewId}"]`) })
    expect(await inList.innerText()).toContain('Withdrawn')
    await other.goto(`${desk.site.url}/reviews/${reviewId}`)
    expect(await other.locator('main').innerText()).toContain('It was about another bridge.')
  })

  test('an empty reason is refused with a sentence, and nothing typed is lost', async () => {
    const held = await make.addVerdict(await make.addCase(), { claim: 'Something else.' })
    const { claimReviewId } = await publishVerdict(desk.needs, desk.people.northChecker.actor, held)
    await growLog()
    const page = await desk.post('northLead', `/desk/publications/${claimReviewId}?/withdraw`, {
      reason: ' ',
    })
    expect(page.status).toBe(400)
    expect(await page.text()).toContain('readers will see it')
    const south = withdrawReview(desk.needs, desk.people.southLead.actor, { claimReviewId, reason: 'No.' })
    await expect(south).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a challenge', () => {
  test('comes in without an account, is decided by somebody else, and its outcome is public', async () => {
    const held = await make.addVerdict(await make.addCase(), { claim: 'The mayor sold the town hall.' })
    const { claimReviewId } = await publishVerdict(desk.needs, desk.people.northChecker.actor, held)
    await growLog()
    const reader = await (await desk.browse(null, { javaScript: false })).newPage()
    await reader.goto(`${desk.site.url}/reviews/${claimReviewId}/challenge`)
    await reader.fill('textarea[name=text]', 'The register says otherwise; call me at +49 30 901820.')
    await reader.click('text=Send the challenge')
    const words = await reader.locator('ol.words li').allInnerTexts()
    expect(words.length).toBeGreaterThan(8)

    const maker = await (await desk.browse('northLead')).newPage()
    await maker.goto(`${desk.site.url}/desk/challenges`)
    await maker.click('text=The mayor sold the town hall.')
    await maker.locator('text=You wrote or approved this review').waitFor()
    expect(await maker.locator('main').innerText()).toContain('[phone]')
    expect(await maker.locator('main').innerText()).not.toContain('901820')
    const path = new URL(maker.url()).pathname
    const own = await desk.post('northLead', path, { outcome: 'refused', reasons: 'It stands.' })
    expect([own.status, await own.text()]).toEqual([409, expect.stringContaining('propose a correction')])
    expect((await desk.get('southLead', path)).status).toBe(404)

    const { personId, organisationId } = desk.people.northReader.actor
    const third = { personId, organisationId, role: 'checker' } as never
    await decideChallenge(desk.needs, third, {
      id: path.split('/').at(-1) as never,
      outcome: 'refused',
      reasons: 'The register of the town names the town as the owner.',
    })
    await reader.goto(`${desk.site.url}/reviews/${claimReviewId}?now`)
    expect(await reader.locator('main').innerText()).toContain('names the town as the owner')
    await reader.goto(`${desk.site.url}/reviews/${claimReviewId}/challenge`)
    await reader.fill('input[name=receipt]', words.join(' '))
    await reader.click('text=See what came of it')
    expect(await reader.locator('[role=status]').innerText()).toContain('names the town as the owner')
  })

  test('too short is refused, with what was typed still there', async () => {
    const reader = await (await desk.browse(null, { javaScript: false })).newPage()
    await reader.goto(`${desk.site.url}/reviews/${reviewId}/challenge`)
    await reader.fill('textarea[name=text]', 'Wrong')
    await reader.click('text=Send the challenge')
    expect(await reader.locator('textarea[name=text]').inputValue()).toBe('Wrong')
    expect(await reader.locator('[role=alert]').innerText()).toContain('in a sentence or more')
  })
})

describe('numbers', () => {
  test('are for the lead, by month, and as a table that no spreadsheet executes', async () => {
    expect((await desk.get('northLead', '/desk/numbers')).status).toBe(200)
    expect((await desk.get('northChecker', '/desk/numbers')).status).toBe(404)
    const csv = await desk.get('northLead', '/desk/numbers.csv')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    const [head, first] = (await csv.text()).split('\r\n')
    expect(head).toMatch(/^month,published,daysToAnswer/)
    expect(first).toMatch(/^\d{4}-\d\d,\d+,/)
    const south = (await (await desk.get('southLead', '/desk/numbers.csv')).text()).split('\r\n')[1] ?? ''
    expect(south).toBe('')
  })

  test('have a line for every month, also for a quiet one', async () => {
    const { db } = desk.needs
    const old = { text: 'Of another year.', contact: '', clientId: 'an older one' }
    await challengeReview(desk.needs, { claimReviewId: reviewId, ...old })
    const firstOfMonth = new Date()
    firstOfMonth.setUTCDate(1)
    firstOfMonth.setUTCMonth(firstOfMonth.getUTCMonth() - 3)
    const first = firstOfMonth.toISOString().slice(0, 10)
    const { rows } = await sql<{ id: string }>`update challenges set day = ${first}
      where claim_review_id = ${reviewId} and state = 'open' returning id`.execute(db)
    const lines = (await (await desk.get('northLead', '/desk/numbers.csv')).text())
      .trim()
      .split('\r\n')
      .slice(1)
    expect(lines.length).toBe(4)
    expect(lines[2]).toMatch(/^\d{4}-\d\d,0,,0,0,0,0,0,0$/)
    expect(lines[3]).toBe(`${first.slice(0, 7)},0,,0,0,0,1,0,0`)
    await sql`delete from challenges where id = ${rows[0]!.id}`.execute(db)
  })

  test('tell the open demand in steps from which no single ask can be read', async () => {
    const { db } = desk.needs
    const rumour = await make.addRumour()
    const shown = async () =>
      /How often they were asked, about<\/dt>\s*<dd>([^<]+)/.exec(
        await (await desk.get('northLead', '/desk/numbers')).text(),
      )?.[1]
    await db.updateTable('rumours').set({ demand: 0 }).execute()
    await db.updateTable('rumours').set({ demand: 9 }).where('id', '=', rumour).execute()
    const table = async () =>
      (await (await desk.get('northLead', '/desk/numbers-now.csv')).text()).split('\r\n')
    expect(await shown()).toBe('fewer than 10')
    const [head, few, end] = await table()
    expect([head, end]).toEqual(['at,openRumours,openDemand,casesOpen,verdictsInReview,challengesOpen', ''])
    expect(few).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,\d+,<10,\d+,\d+,\d+$/)
    await db.updateTable('rumours').set({ demand: 27 }).where('id', '=', rumour).execute()
    expect(await shown()).toBe('20')
    expect((await table())[1]).toMatch(/Z,\d+,20,\d+,\d+,\d+$/)
    expect((await desk.get('northChecker', '/desk/numbers-now.csv')).status).toBe(404)
  })
})

describe('checking it oneself', () => {
  test('the browser accepts the true proof, and notices one changed letter', async () => {
    const held = await make.addVerdict(await make.addCase(), { claim: 'The river turned red.' })
    const { claimReviewId } = await publishVerdict(desk.needs, desk.people.northChecker.actor, held)
    await growLog()
    const page = await (await desk.browse(null)).newPage()
    await page.goto(`${desk.site.url}/reviews/${claimReviewId}/check`)
    await page.locator('#verdict.good').waitFor()
    const document = await page.locator('textarea[name=document]').inputValue()
    await page.fill('textarea[name=document]', document.replace('far below', 'far above'))
    await page.click('form.check button')
    await page.locator('#verdict.bad').waitFor()
    expect(await page.locator('[data-step=document]').getAttribute('class')).toBe('bad')
    expect(await page.locator('[data-step=entry]').getAttribute('class')).toBe('good')
    const scripts = await page.locator('script[src]').count()
    expect(scripts).toBe(1)
  })

  test('after a challenge it is still the text that is proved; the decision is an entry to choose', async () => {
    const held = await make.addVerdict(await make.addCase(), { claim: 'The tower leans more every day.' })
    const { claimReviewId } = await publishVerdict(desk.needs, desk.people.northChecker.actor, held)
    await growLog()
    await challengeReview(desk.needs, { claimReviewId, text: 'It does lean.', contact: '', clientId: 'one' })
    const { id } = await desk.needs.db
      .selectFrom('challenges')
      .select('id')
      .where('claim_review_id', '=', claimReviewId)
      .executeTakeFirstOrThrow()
    const { personId, organisationId } = desk.people.northReader.actor
    const third = { personId, organisationId, role: 'checker' } as never
    await decideChallenge(desk.needs, third, { id, outcome: 'refused', reasons: 'It was measured.' })
    await growLog()

    const page = await (await desk.browse(null)).newPage()
    await page.goto(`${desk.site.url}/reviews/${claimReviewId}/check`)
    await page.locator('#verdict.good').waitFor()
    const proved = async () => JSON.parse(await page.locator('textarea[name=document]').inputValue())
    expect(await proved()).toMatchObject({ kind: 'verdict', claim: 'The tower leans more every day.' })
    expect(await page.locator('.lede').innerText()).toContain('this fact-check is in the public log')
    expect(await provedByCommands(await page.locator('pre.commands').innerText())).toMatchObject({
      kind: 'verdict',
    })

    await page.click('text=Decision about a challenge')
    await page.waitForURL(/version=2/)
    await page.locator('#verdict.good').waitFor()
    expect(await proved()).toMatchObject({ kind: 'challenge-outcome', reasons: 'It was measured.' })
    expect(await page.locator('.lede').innerText()).toContain('“Decision about a challenge”')
    expect(await provedByCommands(await page.locator('pre.commands').innerText())).toMatchObject({
      kind: 'challenge-outcome',
    })
    const none = await fetch(`${desk.site.url}/reviews/${claimReviewId}/check?version=3`)
    expect(none.status).toBe(404)
  })
})
