/** What the pages and the tables of the lead's numbers have in common. */
import type { RequestEvent } from '@sveltejs/kit'
import { AssayError } from '#domain/errors.ts'
import type { OrganisationId } from '#domain/ids.ts'
import { can } from '#domain/permissions.ts'
import { formatCsv } from '#formats/csv/format-csv.ts'
import { actorOf } from './actor-of.ts'

/** Whose numbers these are. @throws not_found for everybody but the lead of an organisation */
export function numberedOrganisationOf(event: RequestEvent): OrganisationId {
  const actor = actorOf(event)
  if (actor.organisationId === null || !can(actor, 'see numbers'))
    throw new AssayError('not_found', 'Numbers are for the lead of an organisation.')
  return actor.organisationId
}

/** A flat table to be kept: the names of its columns, then its lines. */
export function tableAnswer(name: string, rows: Parameters<typeof formatCsv>[0]): Response {
  return new Response(formatCsv(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
