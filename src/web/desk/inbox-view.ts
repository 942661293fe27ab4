/** Rumours as the desk's pages show them: asks in coarse steps only, and the last days one by one. */
import type { InboxItem } from '#domain/inbox.ts'
import type { Person } from '#domain/person.ts'
import { coarse } from '#domain/rumour.ts'

export type ShownItem = Omit<InboxItem, 'spread' | 'demand'> & {
  /** Asks of the last days, the newest last. */
  days: number[]
}

const dayMs = 24 * 60 * 60 * 1_000

/** `today`: ISO 8601 date. */
export function shownItemOf(
  { spread, demand: _demand, ...item }: InboxItem,
  { today, days }: { today: string; days: number },
): ShownItem {
  const dayAt = (age: number) => new Date(Date.parse(today) - age * dayMs).toISOString().slice(0, 10)
  return {
    ...item,
    asks: coarse(item.asks),
    days: Array.from({ length: days }, (_, at) => spread.get(dayAt(days - 1 - at)) ?? 0),
  }
}

/** Names by id, for pages that tell who did what. */
export function namesOf(people: Pick<Person, 'id' | 'name'>[]): Record<string, string> {
  return Object.fromEntries(people.map(({ id, name }) => [id, name]))
}

/** A week from now, as a day: what "later" means in the inbox. */
export function nextWeek(now: Date): string {
  return new Date(now.getTime() + 7 * dayMs).toISOString().slice(0, 10)
}
