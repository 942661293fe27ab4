/** Saying that a review of ours is wrong, without an account; and coming back with the receipt to see what came of it. */
import { randomUUID } from 'node:crypto'
import { fail } from '@sveltejs/kit'
import { isAssayError } from '#domain/errors.ts'
import { challengeReview, readChallenge } from '#flows/challenge-review/challenge-review.ts'
import { formatReceipt } from '#formats/receipts/format-receipt.ts'
import { getOwnReview } from '#io/database/publications/own-reviews.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, setHeaders, locals: { needs } }) => {
  const { id, document } = await getOwnReview(needs.db, params.id)
  // Each reader gets a form of their own: sent twice, it is one challenge.
  setHeaders({ 'cache-control': 'no-store' })
  return { id, claim: document?.claim ?? null, lang: document?.lang ?? null, clientId: randomUUID() }
}

const typed = (data: FormData, name: string) => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

export const actions: Actions = {
  send: async ({ params, request, locals: { needs, language } }) => {
    const { id } = await getOwnReview(needs.db, params.id)
    const data = await request.formData()
    const sent = {
      text: typed(data, 'text'),
      contact: typed(data, 'contact'),
      clientId: typed(data, 'client'),
    }
    try {
      const receipt = await challengeReview(needs, { claimReviewId: id, ...sent })
      return { receipt: formatReceipt(receipt, language) }
    } catch (error) {
      if (!isAssayError(error) || error.code === 'not_found') throw error
      const problem = error.code === 'invalid' ? (sent.text.trim().length < 10 ? 'short' : 'long') : 'later'
      return fail(error.code === 'invalid' ? 400 : 503, {
        ...sent,
        problem: problem as 'short' | 'long' | 'later',
      })
    }
  },
  look: async ({ request, locals: { needs } }) => {
    const status = await readChallenge(needs, typed(await request.formData(), 'receipt'))
    return status === null ? fail(404, { unknown: true }) : { status }
  },
}
