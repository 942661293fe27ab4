/** An address below the desk that leads nowhere: said within its frame, so that who is signed in stays at the desk. */
import { type Actions, error } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = () => error(404)

export const actions: Actions = { default: () => error(404) }
