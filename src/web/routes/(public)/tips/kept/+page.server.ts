/** /tips/kept: whether the word that was typed is the one of the receipt. Nothing of it is kept or looked up. */
import { type Actions, fail, redirect } from '@sveltejs/kit'
import { httpStatus } from '#domain/errors.ts'
import { isKeptWord } from '#flows/read-receipt/kept-word.ts'
import { addressOf } from '../../../../words/address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ request, locals }) => {
  if (request.method !== 'POST') redirect(303, addressOf('/tips/status', { lang: locals.chosenLanguage }))
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const asked = { place: Number(form.get('place')), proof: String(form.get('proof')) }
    const word = String(form.get('word') ?? '')
    if (isKeptWord(locals.needs, asked, word)) return { kept: true as const }
    const place = Number.isInteger(asked.place) && asked.place >= 0 && asked.place < 20 ? asked.place : 0
    const again = { place, proof: asked.proof.slice(0, 100), word: word.slice(0, 40) }
    return fail(httpStatus.invalid, { asked: again })
  },
}
