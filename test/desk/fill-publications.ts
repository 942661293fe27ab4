/** What North has published, in every state that its pages show: once for a desk under test. */
import { sql } from 'kysely'
import type { ChallengeId, ClaimReviewId, VerdictId } from '#domain/ids.ts'
import { challengeReview } from '#flows/challenge-review/challenge-review.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { openLog } from '#flows/extend-log/open-log.ts'
import type { Needs } from '#flows/needs.ts'
import { decideChallenge } from '#flows/publish-review/decide-challenge.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { confirmRevision, correctReview, withdrawReview } from '#flows/publish-review/revise-review.ts'
import type { DeskSite } from '../desk-site.ts'
import { caseMaker, type GivenContent } from '../publish/publish-desk.ts'

type Desk = Pick<DeskSite, 'needs' | 'people'>

export interface FilledPublications {
  /** Approved, never published. */
  ready: VerdictId
  /** Approved, of a case that is published. */
  readyCorrection: VerdictId
  /** In two languages, challenged twice. */
  standing: ClaimReviewId
  corrected: ClaimReviewId
  /** A withdrawal waits for its second person. */
  proposed: ClaimReviewId
  withdrawn: ClaimReviewId
  notCheckable: ClaimReviewId
  /** Of `standing`. */
  openChallenge: ChallengeId
  decidedChallenge: ChallengeId
}

const filled = new WeakMap<Needs, Promise<FilledPublications>>()

export function filledPublications(desk: Desk): Promise<FilledPublications> {
  let filling = filled.get(desk.needs)
  if (!filling) {
    filling = fill(desk)
    filled.set(desk.needs, filling)
  }
  return filling
}

const translations = [
  {
    lang: 'ar',
    claim: 'يحتوي ماء الصنبور في البلدة القديمة على الرصاص.',
    summary: 'كانت كل عيّنة من العام الماضي دون الحدّ بكثير.',
    answer: 'تقيس شركة المياه كل أسبوع.\nلم يجد المختبر رصاصًا.',
    unknown: 'لم تُقَس الأنابيب داخل البيوت القديمة.',
  },
]

async function fill({ needs, people }: Desk): Promise<FilledPublications> {
  const [author, approver] = [people.northChecker.actor, people.northLead.actor]
  const make = caseMaker(needs.db, { ids: needs.ids, author, approver })
  await openLog(needs, needs.log)
  const grow = async () => {
    while ((await extendLog(needs, needs.log)) === 'published');
  }
  const publish = async (content: GivenContent) => {
    const held = await make.addCase()
    const { claimReviewId } = await publishVerdict(needs, author, await make.addVerdict(held, content))
    return { held, id: claimReviewId }
  }
  const standing = await publish({ translations, claimedOn: '2025-12-24' })
  const corrected = await publish({ claim: 'The bridge is closed for a year.' })
  const proposed = await publish({ claim: 'The school moves to another town.' })
  const withdrawn = await publish({ claim: 'The library burns its books.' })
  const notCheckable = await publish({
    claim: 'The new square is ugly.',
    ratingLabel: 'Not for us to check',
    ratingValue: 'not-checkable',
    answer: [],
    notCheckable: 'Whether a square is ugly is a matter of taste, which no evidence decides.',
    summary: 'This is an opinion, which everybody may have.',
  })
  await grow()
  const better = {
    claim: 'The bridge is closed for a year.',
    summary: 'It is closed for half a year, to lorries only.',
  }
  const note = {
    wrong: 'We wrote that the bridge stays open to everybody.',
    changed: 'It says now that lorries have to go around.',
    why: 'The road office corrected its own notice.',
  }
  const correction = {
    claimReviewId: corrected.id,
    verdictId: await make.addVerdict(corrected.held, better),
    note,
  }
  await confirmRevision(needs, approver, await correctReview(needs, author, correction))
  const taken = { claimReviewId: withdrawn.id, reason: 'It was about a library of the same name elsewhere.' }
  await confirmRevision(needs, author, await withdrawReview(needs, approver, taken))
  await grow()
  await withdrawReview(needs, approver, { claimReviewId: proposed.id, reason: 'It was another school.' })
  const readyCorrection = await make.addVerdict(corrected.held, {
    ...better,
    unknown: 'Whether it takes longer.',
  })
  const challenge = async (text: string, contact: string): Promise<ChallengeId> => {
    await challengeReview(needs, { claimReviewId: standing.id, text, contact, clientId: text })
    const { rows } = await sql<{ id: ChallengeId }>`
      select id from challenges where state = 'open' and claim_review_id = ${standing.id}`.execute(needs.db)
    return rows[0]!.id
  }
  const decidedChallenge = await challenge('The report of the water works is of another year.', '')
  const third = { ...people.northReader.actor, role: 'checker' } as typeof author
  await decideChallenge(needs, third, {
    id: decidedChallenge,
    outcome: 'refused',
    reasons: 'The report covers both years; the page that it was taken from names them.',
  })
  await grow()
  return {
    ready: await make.addVerdict(await make.addCase(), { claim: 'The river turned red.' }),
    readyCorrection,
    standing: standing.id,
    corrected: corrected.id,
    proposed: proposed.id,
    withdrawn: withdrawn.id,
    notCheckable: notCheckable.id,
    openChallenge: await challenge('My own samples show more; I can send them.', 'a.reader@mail.example'),
    decidedChallenge,
  }
}
