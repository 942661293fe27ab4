/** The inbox: a view of the open rumours, page by page, and what is done with one of them at once. */
import { type Actions, redirect } from '@sveltejs/kit'
import { caseLimits } from '#domain/case.ts'
import { AssayError } from '#domain/errors.ts'
import type { RumourId } from '#domain/ids.ts'
import { parseInboxFilter, spreadDays } from '#domain/inbox.ts'
import { can } from '#domain/permissions.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { snoozeRumour } from '#flows/work-inbox/answer-rumour.ts'
import { dropView, keepView } from '#flows/work-inbox/keep-view.ts'
import { mergeRumours } from '#flows/work-inbox/merge-rumours.ts'
import { readInbox, viewOf } from '#flows/work-inbox/read-inbox.ts'
import { readRumour } from '#flows/work-inbox/read-rumour.ts'
import { findCaseOnRumour } from '#io/database/cases/cases.ts'
import { getInboxMark, listInboxLangs } from '#io/database/cases/inbox.ts'
import { listInboxViews } from '#io/database/cases/inbox-views.ts'
import { listPeople } from '#io/database/people/people.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import { namesOf, nextWeek, shownItemOf } from '../../../desk/inbox-view.ts'
import { attempt } from '../../../desk/problem-of.ts'
import { addressOf } from '../../../words/address.ts'
import type { PageServerLoad } from './$types'

const rumoursPerPage = 50

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  const { needs } = event.locals
  const view = viewOf(needs, actor)
  const filter = parseInboxFilter(event.url.searchParams)
  const cursor = event.url.searchParams.get('cursor') ?? undefined
  // The mark first: what changes while the list is read is then told as a change.
  const mark = await getInboxMark(needs.db, view)
  const [page, langs, people, views] = await Promise.all([
    readInbox(needs, actor, filter, { limit: rumoursPerPage, cursor }),
    listInboxLangs(needs.db),
    listPeople(needs.db, view.organisationId),
    listInboxViews(needs.db, actor.personId),
  ])
  return {
    filter,
    langs,
    views,
    mark,
    names: namesOf(people),
    items: page.items.map((item) => shownItemOf(item, { today: view.today, days: spreadDays })),
    next: page.nextCursor,
    first: cursor === undefined,
    mayWork: can(actor, 'work on cases'),
    maySort: can(actor, 'sort rumours'),
  }
}

export const actions: Actions = {
  take: async (event) => {
    const actor = actorOf(event)
    const { needs, chosenLanguage: lang } = event.locals
    const rumourId = textIn(await event.request.formData(), 'take')
    const { organisationId } = viewOf(needs, actor)
    const taken = await findCaseOnRumour(needs.db, organisationId, rumourId as RumourId)
    if (taken) redirect(303, addressOf(`/desk/cases/${taken.id}`, { lang }))
    const { item, tips } = await readRumour(needs, actor, { id: rumourId })
    const claim = (item.text ?? tips[0]?.content?.text ?? '').slice(0, caseLimits.claimMax)
    const outcome = await attempt(() => takeCase(needs, actor, { rumourId, claim }), {})
    if (typeof outcome !== 'string') return outcome
    redirect(303, addressOf(`/desk/cases/${outcome}`, { lang }))
  },
  snooze: async (event) => {
    const rumourId = textIn(await event.request.formData(), 'snooze')
    const until = nextWeek(event.locals.needs.clock.now())
    return attempt(async () => {
      await snoozeRumour(event.locals.needs, actorOf(event), { rumourId, until })
      return { done: 'snoozed' as const }
    }, {})
  },
  /** What was marked below goes into what was marked above it. */
  merge: async (event) => {
    const [into, rumourId, more] = (await event.request.formData()).getAll('marked').map(String)
    return attempt(async () => {
      if (into === undefined || rumourId === undefined || more !== undefined) {
        throw new AssayError('invalid', 'Mark the two rumours that are one, and no more.')
      }
      await mergeRumours(event.locals.needs, actorOf(event), { rumourId, into })
      return { done: 'merged' as const }
    }, {})
  },
  keep: async (event) => {
    const name = textIn(await event.request.formData(), 'name')
    const filter = parseInboxFilter(event.url.searchParams)
    return attempt(
      async () => {
        await keepView(event.locals.needs, actorOf(event), { name, filter })
        return { done: 'kept' as const }
      },
      { name },
    )
  },
  drop: async (event) => {
    const name = textIn(await event.request.formData(), 'name')
    return attempt(async () => {
      await dropView(event.locals.needs, actorOf(event), { name })
      return { done: 'dropped' as const }
    }, {})
  },
  wake: async (event) => {
    const rumourId = textIn(await event.request.formData(), 'wake')
    return attempt(async () => {
      await snoozeRumour(event.locals.needs, actorOf(event), { rumourId, until: null })
      return { done: 'woken' as const }
    }, {})
  },
}
