/** The desk's inbox: what of a rumour is seen in a list, and the views of it that an address can hold. */
import { isDay } from './day.ts'
import type { CaseId, PersonId, RumourId } from './ids.ts'

export const inboxOrders = ['demand', 'fresh'] as const
/** `nobody`: no organisation works on it. `all` leaves out what is put off. */
export const inboxWorks = ['nobody', 'ours', 'mine', 'all', 'snoozed'] as const

/** Days of which the asks are told one by one. */
export const spreadDays = 14

export interface InboxFilter {
  order: (typeof inboxOrders)[number]
  work: (typeof inboxWorks)[number]
  /** Primary subtag. */
  lang: string | null
  /** Asked on this day or later. */
  since: string | null
}

export interface InboxItem {
  id: RumourId
  /** The approved wording, else the claim of the own case; null: only tips can say. */
  text: string | null
  lang: string | null
  demand: number
  asks: number
  firstDay: string
  lastDay: string
  /** Asks by day, of the last days only. */
  spread: Map<string, number>
  /** Of its tips, the most used first. */
  langs: string[]
  /** The own organisation's case. */
  caseId: CaseId | null
  assigneeId: PersonId | null
  /** Another organisation works on it: no more than that is known. */
  elsewhere: boolean
  snoozedUntil: string | null
}

/** The view that an address names; what it does not understand is left at its default. */
export function parseInboxFilter(parameters: URLSearchParams): InboxFilter {
  const lang = parameters.get('in') ?? ''
  const since = parameters.get('since') ?? ''
  return {
    order: inboxOrders.find((one) => one === parameters.get('order')) ?? 'demand',
    work: inboxWorks.find((one) => one === parameters.get('work')) ?? 'nobody',
    lang: /^[a-z]{2,3}$/.test(lang) ? lang : null,
    since: isDay(since) ? since : null,
  }
}

/** What the address of a view says: only what is not the default. */
export function formatInboxFilter({ order, work, lang, since }: InboxFilter): Record<string, string> {
  const plain = parseInboxFilter(new URLSearchParams())
  return {
    ...(work !== plain.work && { work }),
    ...(order !== plain.order && { order }),
    ...(lang !== null && { in: lang }),
    ...(since !== null && { since }),
  }
}

/** Views that one person keeps, and UTF-16 code units of a name. */
export const inboxViewLimits = { viewsMax: 20, nameMax: 60 } as const
