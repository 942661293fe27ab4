/** An engine that finds what a test tells it to, so that pages are tested apart from the judgement of matching. */
import type { Decision, Match, Why } from '#domain/message.ts'
import { listClaimReviews } from '#io/database/claim-reviews.ts'
import type { PagesUnderTest } from './reader.ts'

/** Words of a review's claim or title, its publisher's site, and how it is found. */
export type Scripted = [topic: string, site: string, confidence: number, why?: Why[]]

/** Whatever is asked next and until `restore` finds these reviews, best first as given. */
export async function scriptEngine(
  { site }: Pick<PagesUnderTest, 'site'>,
  decision: Decision,
  scripted: Scripted[],
): Promise<{ restore(): void }> {
  const { needs } = site
  const { engine } = needs
  const matches: Match[] = []
  for (const [topic, publisher, confidence, why = []] of scripted) {
    const { claimReviews } = await listClaimReviews(needs.db, { topic, site: publisher }, { limit: 1 })
    matches.push({ id: claimReviews[0]!.id, confidence, why })
  }
  needs.engine = { ...engine, size: engine.size, find: () => ({ decision, matches }) }
  return {
    restore: () => {
      needs.engine = engine
    },
  }
}
