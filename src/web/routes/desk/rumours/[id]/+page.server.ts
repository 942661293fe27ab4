/**
 * One rumour: its tips, redacted, what answers it already, and the decision: answer it so, take it, put it off, put it together
 * with another or take it apart.
 */
import { type Actions, type RequestEvent, redirect } from '@sveltejs/kit'
import { AssayError } from '#domain/errors.ts'
import type { RumourId, TipId } from '#domain/ids.ts'
import { spreadDays } from '#domain/inbox.ts'
import { can } from '#domain/permissions.ts'
import { takeCase } from '#flows/work-case/take-case.ts'
import { answerWithReview, snoozeRumour } from '#flows/work-inbox/answer-rumour.ts'
import { holdApart, mergeRumours, unmergeRumour } from '#flows/work-inbox/merge-rumours.ts'
import { openOriginal } from '#flows/work-inbox/open-original.ts'
import { viewOf } from '#flows/work-inbox/read-inbox.ts'
import { readRumour } from '#flows/work-inbox/read-rumour.ts'
import { readSuggestions } from '#flows/work-inbox/read-suggestions.ts'
import { splitRumour } from '#flows/work-inbox/split-rumour.ts'
import { wordRumour } from '#flows/work-inbox/word-rumour.ts'
import { findInboxItem } from '#io/database/cases/inbox.ts'
import { listPeople } from '#io/database/people/people.ts'
import { listAskedDays } from '#io/database/tips/asked-figures.ts'
import { listRumourEvents } from '#io/database/tips/rumour-events.ts'
import { getRumour } from '#io/database/tips/rumours.ts'
import { actorOf } from '../../../../desk/actor-of.ts'
import { textIn } from '../../../../desk/form-fields.ts'
import { namesOf, nextWeek, shownItemOf } from '../../../../desk/inbox-view.ts'
import { attempt } from '../../../../desk/problem-of.ts'
import { addressOf } from '../../../../words/address.ts'
import type { PageServerLoad } from './$types'

/** Events of one rumour that are shown. */
const eventsMax = 20

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  const { needs } = event.locals
  const view = viewOf(needs, actor)
  const after = event.url.searchParams.get('after')
  const rumour = await readRumour(needs, actor, {
    id: event.params.id,
    after: after === null ? undefined : (after as TipId),
  })
  const { state, mergedInto, ...item } = rumour.item
  return {
    item: shownItemOf(item, { today: view.today, days: spreadDays }),
    state,
    mergedInto,
    tips: rumour.tips.map(({ id, content, lang, day, grouping, why }) => ({
      id,
      content,
      lang,
      day,
      grouping,
      why,
    })),
    nextAfter: rumour.nextAfter,
    first: after === null,
    matches: rumour.matches,
    names: namesOf(await listPeople(needs.db, view.organisationId)),
    later: nextWeek(needs.clock.now()),
    askedDays: await listAskedDays(needs.db, item.id),
    wording: (await getRumour(needs.db, item.id)).wording,
    suggestions: mergedInto === null ? await readSuggestions(needs, actor, item.id) : [],
    events: await listRumourEvents(needs.db, item.id, view.organisationId, eventsMax),
    maySort: can(actor, 'sort rumours'),
    mayOpen: can(actor, 'open an original'),
    mayWork: can(actor, 'work on cases'),
    mayAnswer: can(actor, 'answer with a review'),
  }
}

/** Before anything else, so that what is not there is not found, whoever asks. */
async function getRumourId(event: RequestEvent): Promise<RumourId> {
  const { needs } = event.locals
  const item = await findInboxItem(needs.db, viewOf(needs, actorOf(event)), event.params.id!)
  if (!item) throw new AssayError('not_found', 'There is no rumour of this id here.')
  return item.id
}

/** What was pasted may be a rumour's whole address. */
function rumourIdIn(pasted: string): string {
  return /[0-9a-z]{26}(?=[/?#]*$)/.exec(pasted.trim().split(/[?#]/)[0]!)?.[0] ?? pasted.trim()
}

export const actions: Actions = {
  take: async (event) => {
    const rumourId = await getRumourId(event)
    const claim = textIn(await event.request.formData(), 'claim')
    const { needs, chosenLanguage: lang } = event.locals
    const outcome = await attempt(() => takeCase(needs, actorOf(event), { rumourId, claim }), { claim })
    if (typeof outcome !== 'string') return outcome
    redirect(303, addressOf(`/desk/cases/${outcome}`, { lang }))
  },
  answer: async (event) => {
    const rumourId = await getRumourId(event)
    const claimReviewId = textIn(await event.request.formData(), 'review')
    return attempt(async () => {
      await answerWithReview(event.locals.needs, actorOf(event), { rumourId, claimReviewId })
      return { done: 'answered' as const }
    }, {})
  },
  word: async (event) => {
    const rumourId = await getRumourId(event)
    const data = await event.request.formData()
    const [wording, was] = [textIn(data, 'wording'), textIn(data, 'was')]
    return attempt(
      async () => {
        await wordRumour(event.locals.needs, actorOf(event), { rumourId, wording, was })
        return { done: 'worded' as const }
      },
      { wording },
    )
  },
  merge: async (event) => {
    const rumourId = await getRumourId(event)
    const other = textIn(await event.request.formData(), 'other')
    const into = rumourIdIn(other)
    const outcome = await attempt(
      () => mergeRumours(event.locals.needs, actorOf(event), { rumourId, into }),
      { other },
    )
    if (outcome !== undefined) return outcome
    redirect(303, addressOf(`/desk/rumours/${into}`, { lang: event.locals.chosenLanguage }))
  },
  unmerge: async (event) => {
    const rumourId = await getRumourId(event)
    return attempt(async () => {
      await unmergeRumour(event.locals.needs, actorOf(event), { rumourId })
      return { done: 'unmerged' as const }
    }, {})
  },
  apart: async (event) => {
    const rumourId = await getRumourId(event)
    const other = textIn(await event.request.formData(), 'other')
    return attempt(async () => {
      await holdApart(event.locals.needs, actorOf(event), { rumourId, other })
      return { done: 'apart' as const }
    }, {})
  },
  split: async (event) => {
    const rumourId = await getRumourId(event)
    const tipIds = (await event.request.formData()).getAll('tip').map(String)
    const made = await attempt(
      () => splitRumour(event.locals.needs, actorOf(event), { rumourId, tipIds }),
      {},
    )
    if (typeof made !== 'string') return made
    redirect(303, addressOf(`/desk/rumours/${made}`, { lang: event.locals.chosenLanguage }))
  },
  original: async (event) => {
    const rumourId = await getRumourId(event)
    const fields = await event.request.formData()
    const tipId = textIn(fields, 'tip')
    const reason = textIn(fields, 'reason')
    return attempt(
      async () => ({
        tipId,
        original: await openOriginal(event.locals.needs, actorOf(event), { rumourId, tipId, reason }),
      }),
      { tipId, reason },
    )
  },
  snooze: async (event) => {
    const rumourId = await getRumourId(event)
    const until = textIn(await event.request.formData(), 'until') || null
    return attempt(async () => {
      await snoozeRumour(event.locals.needs, actorOf(event), { rumourId, until })
      return { done: until === null ? ('woken' as const) : ('snoozed' as const) }
    }, {})
  },
}
