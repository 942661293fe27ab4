/** Saying that a review of ours is wrong, without an account; and coming back with the receipt to see what came of it. */
import { randomUUID } from 'node:crypto'
import { fail } from '@sveltejs/kit'
import { challengeLimits, problemsOfChallenge } from '#domain/challenge.ts'
import { isAssayError } from '#domain/errors.ts'
import { receiptTextMax } from '#domain/receipt.ts'
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

/** In a word, with its field in the page; `later` when nothing is wrong with what was typed. */
function problemIn(sent: { text: string; contact: string }): 'short' | 'long' | 'contact' | 'later' {
  const [problem] = problemsOfChallenge(sent)
  if (!problem) return 'later'
  if (problem.path === 'contact') return 'contact'
  return sent.text.length > challengeLimits.textMax ? 'long' : 'short'
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
      return fail(error.code === 'invalid' ? 400 : 503, { ...sent, problem: problemIn(sent) })
    }
  },
  look: async ({ request, locals: { needs } }) => {
    const receipt = typed(await request.formData(), 'receipt')
    const status = await readChallenge(needs, receipt)
    return status === null ? fail(404, { unknown: receipt.slice(0, receiptTextMax) }) : { status }
  },
}
