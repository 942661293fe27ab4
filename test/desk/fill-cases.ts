/** Rumours with sealed tips, a review that answers one, and cases in several states: once for a desk under test. */
import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { ReviewRecord } from '#domain/claim-review.ts'
import { type CaseId, type EvidenceId, newId, type RumourId, type TipId } from '#domain/ids.ts'
import { dayOf, expiryOf, type TipContent } from '#domain/tip.ts'
import { emptyDraft, type VerdictDraft } from '#domain/verdict.ts'
import type { Needs } from '#flows/needs.ts'
import { sealTip } from '#flows/tip-texts.ts'
import { addEvidence } from '#flows/work-case/collect-evidence.ts'
import { addTask, comment, dissent } from '#flows/work-case/discuss-case.ts'
import { saveDraft } from '#flows/work-case/draft-verdict.ts'
import { planCase } from '#flows/work-case/plan-case.ts'
import { requestReview, returnDraft } from '#flows/work-case/review-verdict.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { countAsk, insertRumour } from '#io/database/tips/rumours.ts'
import { insertTip } from '#io/database/tips/tips.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import type { DeskSite } from '../desk-site.ts'

type Desk = Pick<DeskSite, 'needs' | 'people'>

export interface FilledCases {
  rumours: RumourId[]
  /** Answered by a published review already. */
  answerable: RumourId
  drafted: CaseId
  inReview: CaseId
  returned: CaseId
  ofSouth: CaseId
  evidenceOfSouth: EvidenceId
}

/** What South works on: words that nobody else may read. */
export const wordsOfSouth = {
  claim: 'The whole town has no power for three days',
  evidence: 'The grid office wrote to us about two streets.',
  comment: 'Ask the grid office again on Friday.',
  summary: 'Two streets were without power for an hour.',
}

const filled = new WeakMap<Needs, Promise<FilledCases>>()

export function filledCases(desk: Desk): Promise<FilledCases> {
  let filling = filled.get(desk.needs)
  if (!filling) {
    filling = fill(desk)
    filled.set(desk.needs, filling)
  }
  return filling
}

const asked: [lang: string, texts: string[], days: number[]][] = [
  [
    'en',
    [
      'The harbour bridge was closed because it is about to fall',
      'Is it true the harbour bridge is falling down??',
    ],
    [0, 0, 1, 1, 1, 2, 4],
  ],
  ['es', ['Dicen que el agua del grifo tiene cloro para dormirnos, compártelo'], [0, 1, 2, 2, 3]],
  ['ar', ['يقولون إن المدارس ستغلق غدًا بسبب الحر، هل هذا صحيح؟'], [0, 0, 5]],
  ['zh', ['聽說明天全市停電三天，是真的嗎'], [3, 6]],
  ['en', ['A goldfish forgets everything after three seconds'], [1, 7, 9]],
  ['en', ['They found a second moon and nobody tells us; see https://moon.example/second'], [8]],
]

const answer: ReviewRecord = {
  publisher: { site: 'plaindesk.example', name: 'Plain Desk' },
  url: 'https://plaindesk.example/goldfish',
  sourceId: null,
  claim: 'A goldfish forgets everything after three seconds',
  title: 'Goldfish remember for months',
  summary: 'Trained goldfish remembered for months.',
  body: null,
  rating: { words: 'False', value: 'false', scale: null },
  ratingExplanation: null,
  lang: 'en',
  reviewedAt: '2025-11-02',
  claimedAt: null,
  appearances: [],
  claimant: null,
}

async function fill({ needs, people }: Desk): Promise<FilledCases> {
  const { db, clock, ids } = needs
  const rumours: RumourId[] = []
  for (const [lang, texts, days] of asked) rumours.push(await askAbout(needs, lang, texts, days))
  await db
    .transaction()
    .execute((tx) => upsertClaimReviews(tx, [answer], { now: clock.now(), ids, sample: false }))
  while (needs.engine.size === 0) await wait(10)
  const [checker, lead, south] = [
    people.northChecker.actor,
    people.northLead.actor,
    people.southChecker.actor,
  ]

  const take = (at: number, actor = checker, claim = asked[at]![1][0]!) =>
    takeCase(needs, actor, { rumourId: rumours[at]!, claim })
  const drafted = await take(0, checker, 'The harbour bridge was closed because it is about to fall')
  const evidence = await evidenceOf(needs, drafted, checker)
  await comment(needs, lead, {
    caseId: drafted,
    text: '@Chen Checker, the harbour office answers on Mondays only.',
  })
  await addTask(needs, checker, {
    caseId: drafted,
    text: 'Ring the harbour office',
    for: people.northLead.id,
  })
  await planCase(needs, checker, {
    caseId: drafted,
    dueOn: dayOf(new Date(clock.now().getTime() + 3 * dayMs)),
    was: null,
  })
  await saveDraft(needs, checker, { caseId: drafted, base: 0, content: contentOf(evidence) })

  const inReview = await take(1)
  await saveDraft(needs, checker, {
    caseId: inReview,
    base: 0,
    content: contentOf(await evidenceOf(needs, inReview, checker)),
  })
  await requestReview(needs, checker, { caseId: inReview, version: 1 })
  await dissent(needs, people.northReader.actor, {
    caseId: inReview,
    text: 'One source is few for such a claim.',
  })

  const returned = await take(2, lead, 'All schools close tomorrow because of the heat')
  await saveDraft(needs, lead, {
    caseId: returned,
    base: 0,
    content: contentOf(await evidenceOf(needs, returned, lead)),
  })
  await requestReview(needs, lead, { caseId: returned, version: 1 })
  await returnDraft(needs, checker, {
    caseId: returned,
    version: 1,
    remarks: 'Say which schools: the ministry speaks of two.',
  })

  const ofSouth = await take(3, south, wordsOfSouth.claim)
  const held = await evidenceOf(needs, ofSouth, south, wordsOfSouth.evidence)
  const [evidenceOfSouth] = held
  await comment(needs, south, { caseId: ofSouth, text: wordsOfSouth.comment })
  await saveDraft(needs, south, {
    caseId: ofSouth,
    base: 0,
    content: { ...contentOf(held), summary: wordsOfSouth.summary },
  })
  return {
    rumours,
    answerable: rumours[4]!,
    drafted,
    inReview,
    returned,
    ofSouth,
    evidenceOfSouth: evidenceOfSouth!,
  }
}

const dayMs = 24 * 60 * 60 * 1_000

async function askAbout(needs: Needs, lang: string, texts: string[], days: number[]): Promise<RumourId> {
  const { db, clock, ids } = needs
  const rumourId = newId<RumourId>(ids)
  const dayAt = (age: number) => dayOf(new Date(clock.now().getTime() - age * dayMs))
  await db
    .transaction()
    .execute((tx) => insertRumour(tx, { id: rumourId, lang, day: dayAt(Math.max(...days)) }))
  for (const [at, age] of days.entries()) {
    const day = dayAt(age)
    const id = newId<TipId>(ids)
    const text = texts[at % texts.length]!
    const content: TipContent = {
      text: at === 0 ? text : `${text} (${at})`,
      links: [],
      lang,
      country: null,
      seen: { platform: 'WhatsApp', day },
      doubt: at === 1 ? 'Nobody names a source.' : null,
    }
    const sealed = sealTip(needs, await needs.fadingKeys.make(expiryOf(day), id), {
      original: content,
      redacted: content,
    })
    const wording = randomBytes(32)
    const macs = { receiptMac: randomBytes(32), clientMac: randomBytes(32), feedMac: randomBytes(32) }
    await db.transaction().execute(async (tx) => {
      await insertTip(tx, {
        id,
        rumourId,
        grouping: 'pending',
        lang,
        day,
        expiresOn: expiryOf(day),
        wording,
        ...sealed,
        ...macs,
      })
      await countAsk(tx, rumourId, { day, wording })
    })
  }
  return rumourId
}

async function evidenceOf(
  needs: Needs,
  caseId: CaseId,
  actor: Desk['people'][keyof Desk['people']]['actor'],
  shows = 'The closure is for painting and was announced in March.',
): Promise<EvidenceId[]> {
  const blank = { kind: 'link', url: '', title: '', text: '', shows: '', date: '', outcome: '' }
  const items = [
    {
      ...blank,
      url: 'https://harbour.example/notices/bridge-works',
      title: 'Notice of works',
      shows,
      date: '2026-03-04',
    },
    {
      ...blank,
      kind: 'quotation',
      title: 'Chief engineer of the harbour office',
      text: 'Nothing about the bridge worries us.',
      shows: 'The office sees no danger.',
    },
    {
      ...blank,
      kind: 'contact',
      title: 'The group that spread the message, by mail',
      outcome: 'no-answer',
      shows: 'They were asked for their source.',
    },
  ]
  const found: EvidenceId[] = []
  for (const fields of items) {
    const added = await addEvidence(needs, actor, { caseId, fields })
    if (!added.ok) throw new Error('the evidence of this desk is refused')
    found.push(added.id)
  }
  return found
}

function contentOf([notice, engineer, contact]: EvidenceId[]): Omit<VerdictDraft, 'ratingValue'> {
  const { ratingValue: _, ...draft } = emptyDraft('The harbour bridge is about to fall', 'en')
  return {
    ...draft,
    ratingLabel: 'Wrong',
    summary: 'It is closed for painting; the engineers see no danger.',
    answer: [
      {
        text: 'The bridge is closed because it is being painted, as the harbour announced in March.',
        evidence: [notice!],
      },
      { text: 'The office in charge sees no danger.', evidence: [notice!, engineer!] },
      { text: 'Whoever spread the message has not named a source.', evidence: [contact!] },
    ],
    unknown: 'When it opens again.',
  }
}
