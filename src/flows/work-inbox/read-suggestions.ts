/** What a rumour may be the same as: other open rumours that grouping found near, each with its words and why. */
import type { Actor } from '#domain/actor.ts'
import type { RumourId } from '#domain/ids.ts'
import type { Why } from '#domain/message.ts'
import { findInboxItem } from '#io/database/cases/inbox.ts'
import { listSuggestions, listTipsOfRumour } from '#io/database/tips/tips.ts'
import type { Needs } from '../needs.ts'
import { openTips } from '../tip-texts.ts'
import { viewOf } from './read-inbox.ts'

/** Suggestions on one page. */
const suggestionsMax = 5

export interface SuggestedRumour {
  id: RumourId
  /** The approved wording, the own case's claim or a message; empty when none can be read. */
  text: string
  lang: string | null
  why: Why[]
}

/** The newest first; those that are no longer open are left out. */
export async function readSuggestions(
  needs: Pick<Needs, 'db' | 'clock' | 'keys' | 'fadingKeys'>,
  actor: Actor,
  rumourId: RumourId,
): Promise<SuggestedRumour[]> {
  const { db } = needs
  const view = viewOf(needs, actor)
  const found = await listSuggestions(db, rumourId, suggestionsMax)
  const tips = await openTips(
    needs,
    found.map(({ tip }) => tip),
  )
  const suggested: SuggestedRumour[] = []
  for (const [at, { other }] of found.entries()) {
    const item = await findInboxItem(db, view, other)
    if (item?.state !== 'open' || item.mergedInto !== null) continue
    const [first] = await openTips(needs, await listTipsOfRumour(db, other, { limit: 1 }))
    const text = item.text ?? first?.content?.text ?? ''
    suggested.push({ id: other, text, lang: item.lang, why: tips[at]!.why })
  }
  return suggested
}
