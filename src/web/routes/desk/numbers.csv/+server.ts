/** The numbers of the lead, month by month, as a table for spreadsheets. */
import { listMonthNumbers } from '#io/database/publications/numbers.ts'
import { numberedOrganisationOf, tableAnswer } from '../../../desk/numbers-view.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const months = await listMonthNumbers(event.locals.needs.db, numberedOrganisationOf(event))
  const names = [
    'month',
    'published',
    'daysToAnswer',
    'answeredByReuse',
    'corrections',
    'withdrawals',
    'challengesOpen',
    'challengesUpheld',
    'challengesRefused',
  ] as const
  return tableAnswer('numbers.csv', [names, ...months.map((month) => names.map((name) => month[name]))])
}
