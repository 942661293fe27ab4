/** Numbers for the lead, by month: of the organisation's work and of the demand; never of a person. */
import { sql } from 'kysely'
import type { OrganisationId } from '#domain/ids.ts'
import type { Database } from '../schema.ts'

export interface MonthNumbers {
  /** 2026-01. */
  month: string
  published: number
  /** Median of the days from the first ask to the answer; null where nothing asked was answered. */
  daysToAnswer: number | null
  corrections: number
  withdrawals: number
  /** Challenges that came in, by what became of them. */
  challengesOpen: number
  challengesUpheld: number
  challengesRefused: number
  /** Rumours of the whole instance that a review published before answered. */
  answeredByReuse: number
}

export interface NumbersNow {
  /** Of the whole instance. */
  openRumours: number
  /** What the open rumours were asked, as the inbox weighs it. */
  openDemand: number
  casesOpen: number
  verdictsInReview: number
  challengesOpen: number
}

/** From the newest month with something in it to the first, without a gap: a quiet month is one of noughts. */
export async function listMonthNumbers(db: Database, id: OrganisationId): Promise<MonthNumbers[]> {
  const { rows } = await sql<MonthNumbers>`
    with events as (
      select to_char(p.published_at at time zone 'UTC', 'YYYY-MM') as month, p.kind,
        case when p.kind = 'verdict' then p.published_at::date - r.first_day end as days
      from publications p join cases c on c.id = p.case_id left join rumours r on r.id = c.rumour_id
      where p.organisation_id = ${id} and p.kind <> 'challenge-outcome'
      union all
      select to_char(day, 'YYYY-MM'), 'challenge-' || state, null from challenges where organisation_id = ${id}
      union all
      select to_char(created_at at time zone 'UTC', 'YYYY-MM'), 'reuse', null from notices where leaf_hash is null
    ),
    months as (
      select to_char(day, 'YYYY-MM') as month from generate_series(
        (select min(month) || '-01' from events)::date, (select max(month) || '-01' from events)::date, interval '1 month') day
    )
    select month,
      count(*) filter (where kind = 'verdict')::int as published,
      percentile_cont(0.5) within group (order by days) filter (where days is not null) as "daysToAnswer",
      count(*) filter (where kind = 'correction')::int as corrections,
      count(*) filter (where kind = 'withdrawal')::int as withdrawals,
      count(*) filter (where kind = 'challenge-open')::int as "challengesOpen",
      count(*) filter (where kind = 'challenge-upheld')::int as "challengesUpheld",
      count(*) filter (where kind = 'challenge-refused')::int as "challengesRefused",
      count(*) filter (where kind = 'reuse')::int as "answeredByReuse"
    from months left join events using (month) group by month order by month desc`.execute(db)
  return rows
}

export async function getNumbersNow(db: Database, id: OrganisationId): Promise<NumbersNow> {
  const { rows } = await sql<NumbersNow>`
    select
      (select count(*) from rumours where state = 'open' and merged_into is null)::int as "openRumours",
      (select coalesce(sum(demand), 0) from rumours where state = 'open' and merged_into is null)::int as "openDemand",
      (select count(*) from cases where organisation_id = ${id} and state = 'open')::int as "casesOpen",
      (select count(*) from verdicts v join cases c on c.id = v.case_id where c.organisation_id = ${id}
        and v.state = 'review-requested'
        and not exists (select from verdicts l where l.case_id = c.id and l.version > v.version))::int as "verdictsInReview",
      (select count(*) from challenges where organisation_id = ${id} and state = 'open')::int as "challengesOpen"`.execute(
    db,
  )
  return rows[0]!
}
