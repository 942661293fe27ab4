/** An organisation of two, with cases whose verdicts are ready: what a publication begins with. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { EvidenceContent } from '#domain/evidence.ts'
import {
  type CaseId,
  type EvidenceId,
  type IdSource,
  newId,
  type OrganisationId,
  type PersonId,
  type RumourId,
  type VerdictId,
} from '#domain/ids.ts'
import { emptyProfile, type OrganisationProfile } from '#domain/organisation.ts'
import type { AnswerSentence, VerdictDraft, VerdictTranslation } from '#domain/verdict.ts'
import type { PublishNeeds } from '#flows/publish-review/record.ts'
import type { Database } from '#io/database/open.ts'

export const fullProfile: OrganisationProfile = {
  ...emptyProfile,
  method: 'We choose what many ask, look for the first source, and let a second person read everything.',
  funding: 'Members and a foundation pay for it; nobody who pays has a say in what we check.',
  ownership: 'A registered association; the members are listed in the public register of the town.',
  staffContact: 'desk@plain.example',
  correctionsPolicy:
    'Whoever finds a mistake tells us; it is mended within a day, and the page says what was wrong.',
}

export type PublishDesk = Awaited<ReturnType<typeof openPublishDesk>>

/** `publicUrl`: what the addresses of the reviews begin with. */
export async function openPublishDesk(
  db: Database,
  {
    publicUrl = 'https://desk.example',
    name = 'Plain Desk',
    shortName = 'plain-desk',
    showNames = false,
  } = {},
) {
  let second = 0
  const now = () => new Date(Date.UTC(2026, 0, 2, 3, 4) + second++ * 1_000)
  const ids = { now, randomBytes: (count: number) => randomBytes(count) }
  const organisationId = newId<OrganisationId>(ids)
  const person = async (personName: string, role: 'lead' | 'checker' | 'reader'): Promise<Actor> => {
    const personId = newId<PersonId>(ids)
    await sql`insert into people (id, organisation_id, role, email, name, state, created_at)
      values (${personId}, ${organisationId}, ${role}, ${`${personId}@plain.example`}, ${personName}, 'active', now())`.execute(
      db,
    )
    return { personId, organisationId, role }
  }
  await sql`insert into organisations (id, short_name, name, profile, rating_scale, show_names, created_at)
    values (${organisationId}, ${shortName}, ${name}, ${JSON.stringify(fullProfile)}::jsonb,
      ${JSON.stringify([
        { label: 'True', value: 'true' },
        { label: 'False', value: 'false' },
      ])}::jsonb, ${showNames}, now())`.execute(db)
  const author = await person('Ada Writer', 'checker')
  const approver = await person('Ben Reader', 'lead')
  const third = await person('Cem Third', 'checker')

  const needs = { db, clock: { now }, ids, config: { publicUrl } } as unknown as PublishNeeds

  const made = caseMaker(db, { ids, author, approver })
  return { db, needs, organisationId, author, approver, third, person, ...made }
}

/** The answer of a translation: a line for each sentence of the original, which cites what that cites. */
export type GivenContent = Omit<Partial<VerdictDraft>, 'translations'> & {
  translations?: (Omit<VerdictTranslation, 'answer'> & { answer: string })[]
}

function citedAs(original: readonly AnswerSentence[], lines: string): AnswerSentence[] {
  return lines.split('\n').map((text, at) => ({ text, evidence: original[at]?.evidence ?? [] }))
}

/** Whom the desk asked about each claim: never public. */
export const whoWasAsked = 'Jo Sender, by mail to jo@sender.example'

/** Rumours, cases and verdicts of one author's organisation, as if their desks had made them. */
export function caseMaker(
  db: Database,
  { ids, author, approver }: { ids: IdSource; author: Actor; approver: Actor },
) {
  const { organisationId } = author
  async function addRumour(): Promise<RumourId> {
    const id = newId<RumourId>(ids)
    await sql`insert into rumours (id, state, wording, lang, first_day, last_day)
      values (${id}, 'open', 'Is it true?', 'en', '2026-01-01', '2026-01-02')`.execute(db)
    return id
  }

  async function addCase(
    rumourId: RumourId | null = null,
  ): Promise<{ caseId: CaseId; evidence: EvidenceId[] }> {
    const caseId = newId<CaseId>(ids)
    await sql`insert into cases (id, organisation_id, rumour_id, claim, state, version, created_at, changed_at)
      values (${caseId}, ${organisationId}, ${rumourId}, 'A claim', 'open', 1, now(), now())`.execute(db)
    const contents: EvidenceContent[] = [
      {
        kind: 'link',
        url: 'https://water.example/report',
        title: 'Report of the water works',
        shows: 'The measured values of each week.',
        date: '2025-12-01',
      },
      {
        kind: 'quotation',
        title: 'Head of the laboratory',
        text: 'Every sample was clean.',
        url: null,
        shows: 'What the laboratory says.',
        date: null,
      },
      {
        kind: 'contact',
        title: whoWasAsked,
        outcome: 'declined',
        text: null,
        shows: 'They were asked where they have it from.',
        date: '2025-12-20',
      },
    ]
    const evidence: EvidenceId[] = []
    for (const content of contents) {
      const id = newId<EvidenceId>(ids)
      const archive =
        content.kind === 'link'
          ? {
              state: 'kept',
              how: 'fetch',
              sha256: 'ab'.repeat(32),
              bytes: 5,
              contentType: 'text/html',
              url: content.url,
              at: '2026-01-02T00:00:00.000Z',
            }
          : null
      await sql`insert into evidence (id, case_id, number, content, archive, added_by, added_at)
        values (${id}, ${caseId}, ${evidence.length + 1}, ${JSON.stringify(content)}::jsonb, ${archive && JSON.stringify(archive)}::jsonb, ${author.personId}, now())`.execute(
        db,
      )
      evidence.push(id)
    }
    return { caseId, evidence }
  }

  /** A version of the case's verdict, approved by the second person unless told otherwise. */
  async function addVerdict(
    { caseId, evidence }: { caseId: CaseId; evidence: EvidenceId[] },
    { translations = [], ...content }: GivenContent = {},
    {
      state = 'approved',
      approvedBy = approver.personId,
    }: { state?: string; approvedBy?: PersonId | null } = {},
  ): Promise<VerdictId> {
    const id = newId<VerdictId>(ids)
    const whole: VerdictDraft = {
      claim: 'The tap water of the old town contains lead.',
      lang: 'en',
      ratingLabel: 'False',
      ratingValue: 'false',
      summary: 'Every sample of the last year was far below the limit.',
      answer: [
        { text: 'The water works measure every week.', evidence: [evidence[0]!] },
        { text: 'The laboratory found no lead.', evidence: [evidence[1]!, evidence[0]!] },
      ],
      unknown: 'Pipes inside old houses were not measured.',
      notCheckable: null,
      translations: [],
      appearances: ['https://social.example/post/1'],
      claimedOn: null,
      ...content,
    }
    whole.translations = translations.map((one) => ({ ...one, answer: citedAs(whole.answer, one.answer) }))
    await sql`insert into verdicts (id, case_id, version, state, content, drafted_by, approved_by, saved_at)
      values (${id}, ${caseId}, coalesce((select max(version) from verdicts where case_id = ${caseId}), 0) + 1, ${state},
        ${JSON.stringify(whole)}::jsonb, ${author.personId}, ${approvedBy}, now())`.execute(db)
    return id
  }

  return { addRumour, addCase, addVerdict }
}
