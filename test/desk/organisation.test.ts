/** What an organisation says of itself: filled by its lead, nothing typed is lost, public at once, marked up. */
import { expect, test } from 'vitest'
import { emptyProfile, profileFields } from '#domain/organisation.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import { requestReview } from '#flows/work-case/review-verdict.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { getOrganisation, updateOrganisation } from '#io/database/people/organisations.ts'
import { openDeskSite } from '../desk-site.ts'
import { filledCases } from './fill-cases.ts'

const desk = openDeskSite()
const path = '/desk/organisation'

async function typed(changed: Record<string, string> = {}): Promise<Record<string, string>> {
  const { name, profile, version } = await getOrganisation(desk.needs.db, desk.organisations.north)
  return { name, version: String(version), ...profile, ...changed }
}

test('what the lead saves is public at once, also for machines, and no text of it becomes markup', async () => {
  const about = '</script><script>alert(1)</script> & <b>bold</b>'
  const response = await desk.post('northLead', path, await typed({ about, showNames: 'on' }))
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('Saved.')
  const page = await fetch(`${desk.site.url}/organisations/north`)
  const html = await page.text()
  expect(html.match(/<script/g)).toHaveLength(1)
  const markup = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!)
  const url = `${desk.needs.config.publicUrl}/organisations/north`
  expect(markup).toMatchObject({
    '@type': 'NewsMediaOrganization',
    description: about,
    correctionsPolicy: `${url}#correctionsPolicy`,
    ownershipFundingInfo: `${url}#ownership`,
    verificationFactCheckingPolicy: `${url}#method`,
  })
  for (const id of ['correctionsPolicy', 'ownership', 'funding', 'method', 'staffContact'])
    expect(html).toContain(`<section id="${id}">`)
  expect(page.headers.get('content-security-policy')).not.toContain('script-src')
})

test('the scale is kept in its order, without empty rows', async () => {
  const body = new URLSearchParams({ ...(await typed()), token: desk.people.northLead.formToken })
  for (const [label, value] of [
    ['Right', 'true'],
    ['', 'false'],
    ['Half', 'mixed'],
    ['Wrong', 'false'],
    ['Odd', 'nonsense'],
  ]) {
    body.append('label', label!)
    body.append('value', value!)
  }
  await fetch(desk.site.url + path, {
    method: 'POST',
    headers: { origin: desk.site.url, cookie: `__Host-assay=${desk.people.northLead.session}` },
    body,
  })
  const { ratingScale } = await getOrganisation(desk.needs.db, desk.organisations.north)
  expect(ratingScale).toEqual([
    { label: 'Right', value: 'true' },
    { label: 'Half', value: 'mixed' },
    { label: 'Wrong', value: 'false' },
  ])
})

test('what cannot be kept is said beside the field, and all that was typed comes back', async () => {
  const given = { name: '', website: 'north', about: '\n\nline <b>one</b>' }
  const response = await desk.post('northLead', path, await typed(given))
  expect(response.status).toBe(400)
  const html = await response.text()
  expect(html).toContain('This is no web address.')
  expect(html).toContain('value="north"')
  expect(html).toContain('line &lt;b>one&lt;/b>')
  expect(html).toMatch(/aria-describedby="website-problem website-hint" aria-invalid="true"/)
})

test('two who save at once lose nothing: the later sees both, and saving again is a decision', async () => {
  const mine = await typed({ method: 'This is what I typed about our method, carefully.' })
  const theirs = await typed({ method: 'This is what the other one saved in the meantime.' })
  expect((await desk.post('northLead', path, theirs)).status).toBe(200)
  const refused = await desk.post('northLead', path, mine)
  expect(refused.status).toBe(409)
  const html = await refused.text()
  expect(html).toContain(mine.method!)
  expect(html).toContain(theirs.method!)
  const version = /name="version" value="(\d+)"/.exec(html)![1]!
  expect((await desk.post('northLead', path, { ...mine, version })).status).toBe(200)
  const { profile } = await getOrganisation(desk.needs.db, desk.organisations.north)
  expect(profile.method).toBe(mine.method)
})

test.each(['northChecker', 'northReader'] as const)('%s reads it and cannot change it', async (who) => {
  expect(await (await desk.get(who, path)).text()).not.toContain('<textarea')
  const response = await desk.post(who, path, await typed({ name: 'Taken over' }))
  expect(response.status).toBe(403)
  expect(await getOrganisation(desk.needs.db, desk.organisations.north)).toMatchObject({ name: 'North Desk' })
})

test('the desk says what keeps an organisation from publishing', async () => {
  const empty = await typed({ ...emptyProfile })
  await desk.post('northLead', path, empty)
  const html = await (await desk.get('northChecker', '/desk')).text()
  expect(html).toContain('cannot publish yet')
  expect(html).toContain('Method, Funding, Ownership, Contact, Corrections policy')
  expect(profileFields.every((field) => emptyProfile[field] === '')).toBe(true)
})

test('an organisation that is not there is a 404', async () => {
  expect((await fetch(`${desk.site.url}/organisations/nowhere`)).status).toBe(404)
})

test('a draft keeps and shows its rating once that has left the scale, and says what to do', async () => {
  const { db } = desk.needs
  const rescale = async (label: string) => {
    const before = await getOrganisation(db, desk.organisations.north)
    const ratingScale = [{ label, value: 'false' as const }]
    await db.transaction().execute((tx) => updateOrganisation(tx, { ...before, ratingScale }))
  }
  await rescale('Wrong')
  const caseId = (await filledCases(desk)).drafted
  const path = `/desk/cases/${caseId}`
  const ratingIn = async () => {
    const html = await (await desk.get('northChecker', path)).text()
    return html.slice(html.indexOf('for="rating"'), html.indexOf('</select>', html.indexOf('for="rating"')))
  }
  expect(await ratingIn()).not.toContain('no longer')
  await rescale('Invented')
  const rating = await ratingIn()
  expect(rating).toMatch(/<option value="Wrong" selected[^>]*>Wrong \(no longer on the scale\)/)
  expect(rating).toContain('choose another one, or have a lead put it back on the scale')

  const { actor } = desk.people.northChecker
  const [draft] = await listVerdicts(db, caseId)
  const content = { ...draft!.content, unknown: 'Who said it first.' }
  const save = (ratingLabel: string) =>
    saveDraft(desk.needs, actor, { caseId, base: draft!.version, content: { ...content, ratingLabel } })
  await expect(save('Never there')).rejects.toMatchObject({ code: 'invalid' })
  expect(await save('Wrong')).toMatchObject({ kind: 'saved' })
  const [kept] = await listVerdicts(db, caseId)
  expect(kept!.content).toMatchObject({ ...content, ratingLabel: 'Wrong', ratingValue: 'false' })
  const asked = requestReview(desk.needs, actor, { caseId, version: kept!.version })
  await expect(asked).rejects.toThrow('“Wrong” is no longer on your rating scale')
})
