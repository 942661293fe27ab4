/** One rumour that people ask, with what answers it. The address of one that was merged leads to where it went. */
import { redirect } from '@sveltejs/kit'
import { getAsked } from '#io/database/tips/asked.ts'
import { listToldReviews } from '#io/database/tips/tellings.ts'
import { addressOf } from '../../../../words/address.ts'
import type { PageServerLoad } from './$types'

const tellingsMax = 50

export const load: PageServerLoad = async ({ params, locals: { needs, chosenLanguage } }) => {
  const { asked, rumourId } = await getAsked(needs.db, params.id)
  if (asked.id !== params.id) redirect(303, addressOf(`/asked/${asked.id}`, { lang: chosenLanguage }))
  return { asked, answers: await listToldReviews(needs.db, [rumourId], tellingsMax) }
}
