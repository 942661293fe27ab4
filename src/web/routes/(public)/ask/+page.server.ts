/** POST /ask: the message in, the answer out on the same page. Reads only; the message is kept nowhere. */
import { type Actions, fail, redirect } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'
import { answerMessage } from '#flows/answer-message/answer-message.ts'
import { isOnlyLink, type MessageProblem, problemOfMessage } from '../../../answer/message-problem.ts'
import { addressOf } from '../../../words/address.ts'
import type { PageServerLoad } from './$types'

/** Nothing is here without a message: an address that was kept or a reload leads back to the box. */
export const load: PageServerLoad = ({ request, locals }) => {
  if (request.method !== 'POST') redirect(303, addressOf('/', { lang: locals.chosenLanguage }))
}

const statusOf: Record<MessageProblem, number> = {
  empty: httpStatus.invalid,
  'no-words': httpStatus.invalid,
  'too-long': httpStatus.too_large,
  unavailable: httpStatus.unavailable,
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const field = (await request.formData()).get('text')
    const text = typeof field === 'string' ? field : ''
    const problem = problemOfMessage(text)
    if (problem !== null) return fail(statusOf[problem], { text, problem })
    try {
      const message = { text, links: [], lang: locals.language }
      const answer = await answerMessage(locals.needs, message, { byMeaning: true })
      return { text, answer, onlyLink: isOnlyLink(text) }
    } catch (error) {
      // The one failure in which what was typed must come back: an error page would lose it.
      if (!isAssayError(error) || error.code !== 'unavailable') throw error
      return fail(statusOf.unavailable, { text, problem: 'unavailable' as const })
    }
  },
}
