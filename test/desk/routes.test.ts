/**
 * Every route of the desk × everybody × a foreign organisation: found in the tree, so that a new route is walked by
 * itself. Who is not signed in gets nowhere; who is of another organisation finds nothing, sees nothing, changes nothing.
 */
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DeskName, deskNames, openDeskSite } from '../desk-site.ts'
import { actionAddress, filledIn, guarded, parametersOf, routes } from './desk-routes.ts'
import { filledCases } from './fill-cases.ts'
import { foreignFields, foreignThings, marksOfSouth } from './foreign-things.ts'

const desk = openDeskSite()
const foreigners = deskNames.filter((name) => !name.startsWith('south'))

async function addressOf(path: string): Promise<string> {
  if (parametersOf(path).length === 0) return path
  const things = await foreignThings[path]!(desk)
  return filledIn(path, (name) => things[name]!)
}

/** Every row that names South, its people or what is theirs, in all tables. */
async function rowsOfSouth(): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(
    desk.needs.db,
  )
  const marks = marksOfSouth(desk)
  const rows: string[] = []
  for (const { name } of tables.rows) {
    const found = await sql<{ text: string }>`
      select row_to_json(t)::text as text from ${sql.table(name)} t`.execute(desk.needs.db)
    rows.push(...found.rows.map(({ text }) => `${name}: ${text}`))
  }
  return rows.filter((row) => marks.some((mark) => row.includes(mark))).sort()
}

test('every route that names a thing says in foreign-things.ts how South makes one', () => {
  const lacking = guarded.filter(({ path }) => parametersOf(path).length > 0 && !foreignThings[path])
  expect(lacking.map(({ path }) => path)).toEqual([])
  expect(routes.length).toBeGreaterThan(5)
})

const actionCount = guarded.reduce((sum, { actions, methods }) => sum + actions.length + methods.length, 0)
const walked = `${guarded.length} routes and their ${actionCount} actions × ${foreigners.length} foreigners and nobody`

describe(walked, () => {
  beforeAll(async () => void (await filledCases(desk)))

  describe.each(guarded)('$path', ({ path, actions, methods }) => {
    test('is closed to who is not signed in, and keeps what they typed', async () => {
      const address = await addressOf(path)
      const page = await desk.get(null, address)
      expect([page.status, page.headers.get('location')]).toEqual([
        303,
        expect.stringMatching(/^\/desk\/sign-in/),
      ])
      for (const action of actions) {
        const typed = `Words typed for ${action}, <b>all</b> of them`
        const shown = typed.replaceAll('<', '&lt;')
        const over = await desk.post(null, actionAddress(address, action), { typed })
        expect([action, over.status]).toEqual([action, 401])
        expect(await over.text()).toContain(shown)
        // The page is of an earlier session of the same person: sent by nobody, and kept.
        const late = await desk.post('southLead', actionAddress(address, action), { typed, token: 'earlier' })
        expect([action, late.status]).toEqual([action, 409])
        expect(await late.text()).toContain(shown)
      }
      for (const method of methods.filter((one) => one !== 'GET')) {
        const headers = { origin: desk.site.url }
        expect((await fetch(desk.site.url + address, { method, headers })).status).toBe(401)
      }
    })

    test.each(foreigners)('shows %s nothing of South', async (who) => {
      const address = await addressOf(path)
      const page = await desk.get(who, address)
      if (parametersOf(path).length > 0) expect(page.status).toBe(404)
      else expect([200, 303, 404]).toContain(page.status)
      expect(leaksIn(await page.text())).toEqual([])
    })

    test.each(foreigners)('lets %s change nothing of South', async (who) => {
      const address = await addressOf(path)
      const before = await rowsOfSouth()
      for (const action of actions.filter((one) => !endsSession(path, one))) {
        const answer = await desk.post(who, actionAddress(address, action), foreignFields(desk))
        expect([action, answer.status]).not.toEqual([action, 500])
        if (parametersOf(path).length > 0) expect([action, answer.status]).toEqual([action, 404])
        expect(leaksIn(await answer.text(), foreignFields(desk))).toEqual([])
      }
      for (const method of methods.filter((one) => one !== 'GET')) {
        const answer = await fetch(desk.site.url + address, {
          method,
          headers: {
            origin: desk.site.url,
            cookie: `__Host-assay=${desk.people[who as DeskName].session}`,
            'x-form-token': desk.people[who as DeskName].formToken,
            'content-type': 'application/json',
          },
          body: JSON.stringify(foreignFields(desk)),
        })
        expect([method, answer.status]).not.toEqual([method, 500])
        expect(leaksIn(await answer.text(), foreignFields(desk))).toEqual([])
      }
      expect(await rowsOfSouth()).toEqual(before)
    })
  })
})

/** Signing out is everybody's own affair, and would end the walk. */
function endsSession(path: string, action: string): boolean {
  return path === '/desk/sign-out' || (path === '/desk/account' && action === 'revokeOthers')
}

/** What was sent itself may come back: it is no news to who sent it. */
function leaksIn(text: string, sent: Record<string, string> = {}): string[] {
  const told = Object.values(sent)
  return marksOfSouth(desk).filter((mark) => text.includes(mark) && !told.includes(mark))
}
