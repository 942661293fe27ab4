/** rumours → the inbox of one organisation: who works on what, how much is asked, and a text for each, redacted. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import type { InboxFilter, InboxItem } from '#domain/inbox.ts'
import { demand } from '#domain/permissions.ts'
import { dayOf } from '#domain/tip.ts'
import { type InboxView, listInbox } from '#io/database/cases/inbox.ts'
import { listFirstTips } from '#io/database/tips/tips.ts'
import type { Needs } from '../needs.ts'
import { openTips } from '../tip-texts.ts'

type InboxNeeds = Pick<Needs, 'db' | 'clock' | 'keys' | 'fadingKeys'>

/** Characters of a text in the list. */
const excerptMax = 280

/** @throws not_found for who has no organisation, invalid for a cursor that no page gave */
export async function readInbox(
  needs: InboxNeeds,
  actor: Actor,
  filter: InboxFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: InboxItem[]; nextCursor: string | null }> {
  const { items, nextCursor } = await listInbox(needs.db, viewOf(needs, actor), filter, page)
  const textless = items.filter(({ text }) => text === null).map(({ id }) => id)
  const opened = await openTips(needs, await listFirstTips(needs.db, textless))
  const texts = new Map(opened.map(({ rumourId, content }) => [rumourId, content]))
  const textOf = ({ id, text }: InboxItem) => {
    const content = texts.get(id)
    return text ?? (content ? content.text || content.links.join(' ') : null)
  }
  return {
    items: items.map((item) => ({
      ...item,
      text: textOf(item)?.slice(0, excerptMax).toWellFormed() ?? null,
    })),
    nextCursor,
  }
}

/** Whose inbox it is. @throws not_found for an operator, who has none */
export function viewOf({ clock }: Pick<Needs, 'clock'>, actor: Actor): InboxView {
  if (actor.organisationId === null) throw new AssayError('not_found', 'An operator has no inbox.')
  demand(actor, 'see rumours')
  return { organisationId: actor.organisationId, personId: actor.personId, today: dayOf(clock.now()) }
}
