/** What the public page says of each rumour, and what it is drawn from. */
import { sql } from 'kysely'
import type { AskedDay, AskedFigures } from '#domain/asked.ts'
import type { RumourId } from '#domain/ids.ts'
import type { AskedWeek } from '#domain/rumour.ts'
import type { Database, Tx } from '../schema.ts'

export interface UndrawnRumour {
  id: RumourId
  days: AskedDay[]
  /** Asks of tips that have gone, in tens. */
  gone: number
  /** What the page said until now; null: nothing. */
  shown: AskedFigures | null
}

/** Rumours of the public page whose figures are not of this day. */
export async function listUndrawn(
  db: Database,
  { today, limit }: { today: string; limit: number },
): Promise<UndrawnRumour[]> {
  const { rows } = await sql<{
    id: RumourId
    days: AskedDay[]
    gone: number
    drawn: boolean
    tens: number
    rise: number
    weeks: AskedWeek[]
  }>`
    select r.id, r.asks_gone as gone, r.asked_on is not null as drawn,
      r.asked_tens as tens, r.asked_rise as rise, r.asked_weeks as weeks,
      coalesce((select json_agg(json_build_object('day', to_char(d.day, 'YYYY-MM-DD'), 'wordings', d.wordings, 'asks', d.asks)
        order by d.day) from rumour_days d where d.rumour_id = r.id), '[]') as days
    from rumours r
    where r.wording is not null and r.merged_into is null and (r.asked_on is null or r.asked_on < ${today}::date)
    order by r.id limit ${limit}`.execute(db)
  return rows.map(({ id, days, gone, drawn, ...shown }) => ({ id, days, gone, shown: drawn ? shown : null }))
}

/** The days on which a rumour was asked, of tips that are here, oldest first. */
export async function listAskedDays(db: Database, id: RumourId): Promise<AskedDay[]> {
  const { rows } = await sql<AskedDay>`
    select to_char(d.day, 'YYYY-MM-DD') as day, d.wordings, d.asks
    from rumour_days d where d.rumour_id = ${id} order by d.day`.execute(db)
  return rows
}

export async function updateAsked(
  tx: Tx,
  id: RumourId,
  { tens, rise, weeks }: AskedFigures,
  today: string,
): Promise<void> {
  await sql`update rumours set asked_tens = ${tens}, asked_rise = ${rise}, asked_on = ${today}::date,
    asked_weeks = ${JSON.stringify(weeks)}::jsonb where id = ${id}`.execute(tx)
}
