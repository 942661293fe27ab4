/**
 * For each address of the desk that names a thing: one that belongs to South, for everybody else to be refused. Whoever
 * adds a route with a parameter adds a line.
 */
import { sql } from 'kysely'
import type { ChallengeId, ClaimReviewId } from '#domain/ids.ts'
import { challengeReview } from '#flows/challenge-review/challenge-review.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import type { DeskSite } from '../desk-site.ts'
import { caseMaker } from '../publish/publish-desk.ts'
import { filledCases, wordsOfSouth } from './fill-cases.ts'

type Desk = Pick<DeskSite, 'needs' | 'people' | 'organisations'>

const caseOfSouth = async (desk: Desk) => ({ id: (await filledCases(desk)).ofSouth })

/** By route, the values of its parameters. */
export const foreignThings: Record<string, (desk: Desk) => Promise<Record<string, string>>> = {
  // A rumour is nobody's: only one that is not there is not found.
  '/desk/rumours/[id]': async () => ({ id: '0'.repeat(26) }),
  '/desk/cases/[id]': caseOfSouth,
  '/desk/cases/[id]/draft': caseOfSouth,
  '/desk/cases/[id]/versions': caseOfSouth,
  '/desk/cases/[id]/evidence/[evidence]': async (desk) => {
    const { ofSouth, evidenceOfSouth } = await filledCases(desk)
    return { id: ofSouth, evidence: evidenceOfSouth }
  },
  '/desk/publications/ready/[verdictId]': async (desk) => {
    const make = casesOfSouth(desk)
    return { verdictId: await make.addVerdict(await make.addCase()) }
  },
  '/desk/publications/[id]': async (desk) => ({ id: await publishedBySouth(desk) }),
  '/desk/challenges/[id]': async (desk) => {
    const claimReviewId = await publishedBySouth(desk)
    const sent = { text: 'This is quite wrong.', contact: '', clientId: `client of ${claimReviewId}` }
    await challengeReview(desk.needs, { claimReviewId, ...sent })
    const { rows } = await sql<{ id: ChallengeId }>`
      select id from challenges where claim_review_id = ${claimReviewId}`.execute(desk.needs.db)
    return { id: rows[0]!.id }
  },
}

function casesOfSouth({ needs, people }: Desk) {
  const [author, approver] = [people.southChecker.actor, people.southLead.actor]
  return caseMaker(needs.db, { ids: needs.ids, author, approver })
}

async function publishedBySouth(desk: Desk): Promise<ClaimReviewId> {
  const make = casesOfSouth(desk)
  const verdictId = await make.addVerdict(await make.addCase())
  return (await publishVerdict(desk.needs, desk.people.southChecker.actor, verdictId)).claimReviewId
}

/** Fields that the forms of the desk send, each with a thing of South's. */
export function foreignFields({ people }: Desk): Record<string, string> {
  return {
    person: people.southChecker.id,
    email: people.southChecker.email,
    passkeyId: 'passkey-of-south',
    session: people.southChecker.formToken,
    role: 'reader',
  }
}

/** What of South may be in no answer to North: names, addresses, ids, unpublished words. The organisations' own names are public. */
export function marksOfSouth({ people, organisations }: Desk): string[] {
  const persons = [people.southLead, people.southChecker]
  return [
    ...Object.values(wordsOfSouth),
    organisations.south,
    ...persons.flatMap(({ id, name, email, session }) => [id, name, email, session]),
  ]
}
