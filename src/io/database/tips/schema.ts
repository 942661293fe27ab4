/** The tables of tips and rumours as Kysely sees them (migrations/0005-tips.sql, 0010-telling.sql). Days are texts: `2026-05-31`. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { NoticeId, PersonId, RumourId, TipId } from '#domain/ids.ts'
import type { AskedWeek, RumourState } from '#domain/rumour.ts'
import type { Grouping } from '#domain/tip.ts'

/** The driver would make a local midnight of a date: read it with `dayText`. */
type Day = ColumnType<never, string, string>

export interface TipTables {
  rumours: {
    id: RumourId
    state: RumourState
    wording: string | null
    lang: string | null
    first_day: Day
    last_day: Day
    demand: Generated<number>
    asks_gone: Generated<number>
    merged_into: RumourId | null
    public_id: Generated<string>
    asked_tens: Generated<number>
    asked_rise: Generated<number>
    asked_weeks: Generated<AskedWeek[]>
    asked_on: ColumnType<never, string | null, string | null>
    topic_words: Generated<string[]>
    moves: Generated<number>
  }
  tips: {
    id: TipId
    rumour_id: RumourId
    redacted: Buffer
    decision: Grouping
    why: Buffer | null
    lang: string | null
    day: Day
    expires_on: Day
    wording: Buffer
    sealed: Buffer
    wrapped_key: Buffer
    receipt_mac: Buffer
    client_mac: Buffer
    feed_mac: Buffer
    push: Buffer | null
    maybe_of: Generated<RumourId | null>
    homes: Generated<RumourId[]>
  }
  push_tellings: {
    tip_id: TipId
    notice_id: NoticeId
    state: 'pending' | 'sent' | 'given-up'
    tries: Generated<number>
    due_at: ColumnType<Date | null, Date | null, Date | null>
  }
  rumours_apart: { one: RumourId; other: RumourId }
  rumour_days: { rumour_id: RumourId; day: Day; asks: number; wordings: number }
  rumour_langs: { rumour_id: RumourId; lang: string; tips: number }
  rumour_asks: { rumour_id: RumourId; day: Day; wording: Buffer; asks: number }
  rumour_events: {
    id: string
    rumour_id: RumourId
    kind: string
    person_id: PersonId | null
    detail: JSONColumnType<Record<string, unknown>>
    at: ColumnType<Date, Date, Date>
  }
}
