/** Who acts on a page of the desk. */
import { redirect } from '@sveltejs/kit'
import type { Actor } from '#domain/actor.ts'
import type { SignedIn } from '#flows/admit-person/sessions.ts'

/** The guard lets nobody else in; a page that is open to all would lead to the sign-in. */
export function actorOf(event: { locals: App.Locals }): Actor {
  return signedInOf(event).actor
}

export function signedInOf({ locals }: { locals: App.Locals }): SignedIn {
  if (locals.unreached) throw locals.unreached
  if (!locals.signedIn) redirect(303, '/desk/sign-in')
  return locals.signedIn
}
