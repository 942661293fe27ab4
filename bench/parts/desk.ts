/**
 * The desk with ten thousand open rumours and two hundred thousand tips: pages of the inbox, an opened rumour, and the
 * steps of a case. On an embedded database of its own; the flows are the product's.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openNeeds } from '#cli/open-needs.ts'
import { readConfig } from '#config.ts'
import type { Actor } from '#domain/actor.ts'
import { tasksOf } from '#domain/case.ts'
import { newId, type OrganisationId, type PersonId, type RumourId, type TipId } from '#domain/ids.ts'
import { type InboxFilter, inboxOrders, inboxWorks } from '#domain/inbox.ts'
import { emptyProfile } from '#domain/organisation.ts'
import { wordingsPerDayMax } from '#domain/rumour.ts'
import { dayOf, expiryOf } from '#domain/tip.ts'
import { emptyDraft } from '#domain/verdict.ts'
import { parseAnswer } from '#domain/verdict-text.ts'
import { percentile } from '#flows/evaluate/metrics.ts'
import { sealTip } from '#flows/tip-texts.ts'
import { addEvidence } from '#flows/work-case/collect-evidence.ts'
import { addTask, comment, dissent, finishTask } from '#flows/work-case/discuss-case.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import { assign, planCase, wordClaim } from '#flows/work-case/plan-case.ts'
import { approve, requestReview, returnDraft } from '#flows/work-case/review-verdict.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { readInbox } from '#flows/work-inbox/read-inbox.ts'
import { readRumour } from '#flows/work-inbox/read-rumour.ts'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { fadingKeysFolder } from '#io/fading-keys.ts'
import { openJournal } from '#io/journal.ts'
import { createEngine } from '#matching/create-engine.ts'
import { formatTable, mb, ms } from '../format-table.ts'
import { residentBytes } from '../stopwatch.ts'

const rumourCount = 10_000
const tipCount = 200_000
const pageSize = 50
const rounds = 40
const today = new Date()
const langs = ['en', 'es', 'ar', 'pt', 'hi', 'fr', 'zh', 'sw']

/** Of a tip's fading key, written behind its tip's id without waiting for the disk. */
const keyBytes = 32

const dataFolder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const keysFolder = join(dataFolder, fadingKeysFolder)
const config = readConfig({ ASSAY_DATA: dataFolder })
const opened = await openNeeds(config, { journal: openJournal('error') })
const needs = { ...opened.needs, engine: createEngine() }
const { db, ids } = needs

const newest = (age: number) => dayOf(new Date(today.getTime() - age * 24 * 60 * 60 * 1_000))
/** The same numbers in every run. */
let seed = 1
const random = () => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}

/** Few rumours are asked much, most of them a little: the share of a rumour falls with its rank. */
const rumourOf = () => Math.floor(rumourCount * random() ** 2.2)

async function fill(): Promise<RumourId[]> {
  const rumours = Array.from({ length: rumourCount }, () => newId<RumourId>(ids))
  await sql`insert into rumours (id, state, lang, first_day, last_day)
    select id, 'open', (${langs}::text[])[1 + at % ${langs.length}::integer], ${newest(60)}::date, ${newest(60)}::date
    from unnest(${rumours}::text[]) with ordinality as given (id, at)`.execute(db)
  for (let from = 0; from < tipCount; from += 2_000) {
    const tips = await Promise.all(
      Array.from({ length: 2_000 }, async (_, at) => {
        const day = newest(from + at < rumourCount ? 60 : Math.floor(60 * random() ** 2))
        const rumour = from + at < rumourCount ? from + at : rumourOf()
        const content = {
          text: `They say that the bridge number ${rumour} has fallen, heard ${at} times; is it true?`,
          links: [],
          lang: null,
          country: null,
          seen: null,
          doubt: null,
        }
        const id = newId<TipId>(ids)
        const fading = randomBytes(keyBytes)
        await appendFile(join(keysFolder, expiryOf(day)), Buffer.concat([Buffer.from(id), fading]))
        const texts = sealTip(needs, fading, { original: content, redacted: content })
        return { id, rumour: rumours[rumour]!, day, ...texts, wording: randomBytes(32) }
      }),
    )
    const column = <T>(of: (tip: (typeof tips)[number]) => T) => tips.map(of)
    await sql`insert into tips (id, rumour_id, redacted, decision, lang, day, expires_on, wording, sealed, wrapped_key,
        receipt_mac, client_mac, feed_mac)
      select id, rumour_id, redacted, 'same', (${langs}::text[])[1 + at % 3], day::date, day::date + 90, wording, sealed, wrapped,
        wording || '1', wording || '2', wording || '3'
      from unnest(${column(({ id }) => id)}::text[], ${column(({ rumour }) => rumour)}::text[],
        ${column(({ redacted }) => Buffer.from(redacted))}::bytea[], ${column(({ day }) => day)}::text[],
        ${column(({ wording }) => wording)}::bytea[], ${column(({ sealed }) => Buffer.from(sealed))}::bytea[],
        ${column(({ wrappedKey }) => Buffer.from(wrappedKey))}::bytea[]) with ordinality
        as given (id, rumour_id, redacted, day, wording, sealed, wrapped, at)`.execute(db)
  }
  await sql`insert into rumour_asks select rumour_id, day, wording, 1 from tips`.execute(db)
  await sql`update rumours r set demand = d.demand, last_day = d.last_day from (
      select rumour_id, sum(least(wordings, ${wordingsPerDayMax}::integer))::integer as demand, max(day) as last_day
      from (select rumour_id, day, count(*) as wordings from rumour_asks group by rumour_id, day) days group by rumour_id
    ) d where d.rumour_id = r.id`.execute(db)
  await sql`analyze`.execute(db)
  return rumours
}

async function newsroom(name: string): Promise<Actor[]> {
  const organisationId = newId<OrganisationId>(ids)
  await db
    .insertInto('organisations')
    .values({
      id: organisationId,
      short_name: name,
      name,
      profile: JSON.stringify(emptyProfile),
      rating_scale: JSON.stringify([
        { label: 'False', value: 'false' },
        { label: 'True', value: 'true' },
      ]),
      created_at: today,
    })
    .execute()
  const people: Actor[] = []
  for (let at = 0; at < 4; at++) {
    const personId = newId<PersonId>(ids)
    const person = { id: personId, organisation_id: organisationId, role: 'checker' as const }
    await db
      .insertInto('people')
      .values({
        ...person,
        email: `${personId}@desk.example`,
        name: `Checker ${at}`,
        state: 'active',
        password_hash: null,
        totp_secret: null,
        totp_step: null,
        created_at: today,
      })
      .execute()
    people.push({ personId, organisationId, role: 'checker' })
  }
  return people
}

const times = new Map<string, number[]>()
async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  const list = times.get(name) ?? []
  list.push(performance.now() - started)
  times.set(name, list)
  return result
}

await mkdir(keysFolder, { recursive: true })
const rumours = await fill()
const [ana, ben] = (await newsroom('harbour')) as [Actor, Actor]
const [rival] = (await newsroom('meadow')) as [Actor]

/** A whole case, timed step by step; the one that was taken stays open. */
async function workOn(rumourId: RumourId): Promise<void> {
  const claim = 'The bridge has fallen'
  const step = <T>(work: () => Promise<T>) => timed('a step of a case', work)
  const caseId = await step(() => takeCase(needs, ana, { rumourId, claim }))
  await step(() => assign(needs, ana, { caseId, to: ben.personId, was: ana.personId }))
  await step(() => planCase(needs, ana, { caseId, dueOn: newest(-7), was: null }))
  await step(() => wordClaim(needs, ana, { caseId, claim: `${claim} today`, was: claim }))
  await step(() => comment(needs, ana, { caseId, text: 'I ask the harbour.' }))
  await step(() => addTask(needs, ana, { caseId, text: 'Ring the harbour', for: null }))
  const [task] = tasksOf(await listCaseEvents(db, caseId))
  await step(() => finishTask(needs, ben, { caseId, taskId: task!.id }))
  const fields = {
    kind: 'link',
    url: 'https://harbour.example/',
    title: '',
    text: '',
    shows: 'It stands.',
    date: '',
    outcome: '',
  }
  const added = await step(() => addEvidence(needs, ana, { caseId, fields }))
  const evidence = added.ok ? [added.id] : []
  const { ratingValue: _, ...draft } = emptyDraft(claim, 'en')
  const content = {
    ...draft,
    ratingLabel: 'False',
    summary: 'It stands.',
    answer: parseAnswer('It stands. [1]', evidence),
  }
  await step(() => saveDraft(needs, ana, { caseId, base: 0, content }))
  await step(() => requestReview(needs, ana, { caseId, version: 1 }))
  await step(() => returnDraft(needs, ben, { caseId, version: 1, remarks: 'Name the bridge.' }))
  await step(() => requestReview(needs, ana, { caseId, version: 1 }))
  await step(() => dissent(needs, ben, { caseId, text: 'One source is few.' }))
  await step(() => approve(needs, ben, { caseId, version: 1, remarks: null }))
  const [verdict] = await listVerdicts(db, caseId)
  if (verdict?.state !== 'approved') throw new Error('the case of this bench was not approved')
}

for (let at = 0; at < 200; at++) await workOn(rumours[at * 7]!)
for (let at = 0; at < 200; at++)
  await takeCase(needs, rival, { rumourId: rumours[at * 11]!, claim: 'It fell' })
times.clear()
for (let at = 0; at < rounds; at++) await workOn(rumours[5_000 + at]!)

const filters: InboxFilter[] = inboxOrders.flatMap((order) =>
  inboxWorks.flatMap((work) => [null, 'ar'].map((lang) => ({ order, work, lang, since: null }))),
)
for (let round = 0; round < rounds; round++) {
  for (const filter of filters) {
    let cursor: string | undefined
    const name = round === 0 ? 'warm-up' : 'a page of the inbox'
    for (let page = 0; page < 3; page++) {
      const { items, nextCursor } = await timed(name, () =>
        readInbox(needs, ana, filter, { limit: pageSize, cursor }),
      )
      if (items.some(({ text }) => text === null)) throw new Error('a rumour in the inbox has no text')
      if (nextCursor === null) break
      cursor = nextCursor
    }
  }
  for (let at = 0; at < 10; at++) {
    await timed('an opened rumour', () =>
      readRumour(needs, ana, { id: rumours[(round * 97 + at) % rumourCount]! }),
    )
  }
}

const row = (name: string) => {
  const list = times.get(name)!
  return [name, list.length, ms(percentile(list, 0.5)), ms(percentile(list, 0.99))]
}
const resident = mb(residentBytes())
await opened.close()
rmSync(dataFolder, { recursive: true })

process.stdout.write(`${rumourCount} open rumours with ${tipCount} tips, 400 cases of two organisations. A page has ${pageSize} rumours with their first tip
opened; every order, view and two languages, three pages each. This process holds ${resident} MB in the end.

${formatTable(['what', 'times', 'p50 ms', 'p99 ms'], ['a page of the inbox', 'an opened rumour', 'a step of a case'].map(row))}
`)
