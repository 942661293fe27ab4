/** A view of the inbox, kept under a name for one person alone. */
import type { Actor } from '#domain/actor.ts'
import { AssayError } from '#domain/errors.ts'
import { formatInboxFilter, type InboxFilter, inboxViewLimits } from '#domain/inbox.ts'
import { demand } from '#domain/permissions.ts'
import { wholeText } from '#domain/whole-text.ts'
import { deleteInboxView, listInboxViews, upsertInboxView } from '#io/database/cases/inbox-views.ts'
import type { Needs } from '../needs.ts'

/** One of the same name is replaced. @throws invalid, too_large (the name), conflict (enough are kept), forbidden */
export function keepView(
  { db }: Pick<Needs, 'db'>,
  actor: Actor,
  { name, filter }: { name: string; filter: InboxFilter },
): Promise<void> {
  demand(actor, 'see rumours')
  const { nameMax, viewsMax } = inboxViewLimits
  const given = wholeText(name).trim().replace(/\s+/g, ' ')
  if (given === '') throw new AssayError('invalid', 'Give the view a name.')
  if (given.length > nameMax) throw new AssayError('too_large', `Name it in at most ${nameMax} characters.`)
  return db.transaction().execute(async (tx) => {
    const views = await listInboxViews(tx, actor.personId)
    if (views.length >= viewsMax && !views.some((view) => view.name === given)) {
      throw new AssayError('conflict', `You keep ${viewsMax} views already; drop one first.`)
    }
    const query = new URLSearchParams(formatInboxFilter(filter)).toString()
    await upsertInboxView(tx, { personId: actor.personId, name: given, query })
  })
}

/** @throws forbidden */
export function dropView({ db }: Pick<Needs, 'db'>, actor: Actor, { name }: { name: string }): Promise<void> {
  demand(actor, 'see rumours')
  return db.transaction().execute((tx) => deleteInboxView(tx, actor.personId, name))
}
