/** Two who change the same thing at once: the later is shown both, overwrites nothing unseen, and decides. */
import { expect, test } from 'vitest'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { getPerson } from '#io/database/people/people.ts'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'

const desk = openDeskSite()

/** The hidden field of one form, as the page has it now. */
function seenIn(html: string, action: string): string {
  const form = html.slice(html.indexOf(`action="?/${action}"`))
  return /name="was" value="([^"]*)"/.exec(form.slice(0, form.indexOf('</form>')))![1]!
}

const forms = {
  assign: {
    field: 'to',
    shown: 'Nadia Lead',
    of: ({ assigneeId }: { assigneeId: string | null }) => assigneeId,
  },
  plan: { field: 'dueOn', shown: 'March 5, 2031', of: ({ dueOn }: { dueOn: string | null }) => dueOn },
  word: { field: 'worded', shown: 'The bridge is to fall', of: ({ claim }: { claim: string }) => claim },
} as const

test.each(Object.entries(forms))('%s: the later of two sees both', async (action, { field, shown, of }) => {
  const { people, needs } = desk
  const id = (await filledCases(desk)).drafted
  const path = `/desk/cases/${id}`
  const now = async () => of(await getCase(needs.db, people.northLead.actor, id))
  const [theirs, mine] = {
    assign: [people.northLead.id, ''],
    plan: ['2031-03-05', '2031-04-06'],
    word: ['The bridge is to fall', 'The bridge of the harbour falls'],
  }[action as keyof typeof forms] as [string, string]
  const was = seenIn(await (await desk.get('northChecker', path)).text(), action)
  const post = (who: 'northLead' | 'northChecker', value: string, saw: string) =>
    desk.post(who, `${path}?/${action}`, { [field]: value, was: saw })

  expect((await post('northLead', theirs, was)).status).toBe(200)
  const refused = await post('northChecker', mine, was)
  expect([refused.status, await now()]).toEqual([409, theirs])
  const html = await refused.text()
  const other = html.slice(html.indexOf(`id="${field}-other"`))
  expect(other.slice(0, other.indexOf('</div>'))).toContain(shown)
  if (mine !== '') expect(html).toContain(mine)
  expect((await post('northChecker', mine, seenIn(html, action))).status).toBe(200)
  expect(await now()).toBe(mine || null)

  // The same choice of both is none to ask about, and is written once.
  const before = (await listCaseEvents(needs.db, id)).length
  expect((await post('northLead', mine, was)).status).toBe(200)
  expect(await listCaseEvents(needs.db, id)).toHaveLength(before)
})

test('role: the later of two who give one sees both', async () => {
  const { people } = desk
  const { id } = people.northReader
  const path = '/desk/people'
  const post = (role: string, was: string) =>
    desk.post('northLead', `${path}?/role`, { person: id, role, was })
  const now = async () => (await getPerson(desk.needs.db, id, desk.organisations.north)).role
  expect((await post('checker', 'reader')).status).toBe(200)
  const refused = await post('lead', 'reader')
  expect([refused.status, await now()]).toEqual([409, 'checker'])
  const html = await refused.text()
  const form = html.slice(html.indexOf(`value="${id}"`))
  const shown = form.slice(0, form.indexOf('</form>'))
  expect(shown).toMatch(/name="was" value="checker"/)
  expect(shown.slice(shown.indexOf('role-other'))).toMatch(/meanwhile<\/p> <p>Fact-checker</)
  expect(shown).toMatch(/<option value="lead" selected/)
  expect((await post('lead', 'checker')).status).toBe(200)
  expect(await now()).toBe('lead')
  // The same choice of both is none to ask about.
  expect((await post('lead', 'checker')).status).toBe(200)
  expect((await post('reader', 'lead')).status).toBe(200)
})
