/** How it is now, open demand and work in progress, as a table of one line for spreadsheets. */
import { coarse } from '#domain/rumour.ts'
import { getNumbersNow } from '#io/database/publications/numbers.ts'
import { numberedOrganisationOf, tableAnswer } from '../../../desk/numbers-view.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const { db, clock } = event.locals.needs
  const now = await getNumbersNow(db, numberedOrganisationOf(event))
  // In the steps of the page: what is few is told as few, and never as none.
  const openDemand = coarse(now.openDemand) || '<10'
  return tableAnswer('numbers-now.csv', [
    ['at', 'openRumours', 'openDemand', 'casesOpen', 'verdictsInReview', 'challengesOpen'],
    [
      clock.now().toISOString(),
      now.openRumours,
      openDemand,
      now.casesOpen,
      now.verdictsInReview,
      now.challengesOpen,
    ],
  ])
}
