/** The numbers of the lead as a table for spreadsheets. */
import { AssayError } from '#domain/errors.ts'
import { can } from '#domain/permissions.ts'
import { formatCsv } from '#formats/csv/format-csv.ts'
import { listMonthNumbers } from '#io/database/publications/numbers.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async (event) => {
  const actor = actorOf(event)
  if (actor.organisationId === null || !can(actor, 'see numbers'))
    throw new AssayError('not_found', 'Numbers are for the lead of an organisation.')
  const months = await listMonthNumbers(event.locals.needs.db, actor.organisationId)
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
  const text = formatCsv([names, ...months.map((month) => names.map((name) => month[name]))])
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="numbers.csv"',
      'cache-control': 'no-store',
    },
  })
}
