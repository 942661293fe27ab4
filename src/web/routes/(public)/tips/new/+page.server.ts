/** /tips/new: the form in which a message is sent in, and the receipt, which is shown here and nowhere else. */
import { type Actions, fail } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'
import { dayOf, expiryOf } from '#domain/tip.ts'
import { answerMessage } from '#flows/answer-message/answer-message.ts'
import type { Needs } from '#flows/needs.ts'
import { askForWord } from '#flows/read-receipt/kept-word.ts'
import { receiveTip } from '#flows/receive-tip/receive-tip.ts'
import { formatReceipt } from '#formats/receipts/format-receipt.ts'
import { contentOf, problemOfTip, readFields, type TipFields } from '../../../../tips/tip-fields.ts'
import type { PageServerLoad } from './$types'

/** Each form has a clientId of its own, so nobody may keep this page for another. */
export const load: PageServerLoad = ({ locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' })
  return { clientId: newClientId(locals.needs) }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const fields = readFields(form)
    const clientId = form.get('clientId')
    const ticket = form.get('ticket')
    // From under an answer: the message is there, the rest is still to be filled.
    if (typeof clientId !== 'string') return { fields }
    try {
      return await send(locals, fields, clientId, typeof ticket === 'string' ? ticket : null)
    } catch (error) {
      if (!isAssayError(error)) throw error
      if (error.code === 'rate_limited') return waitTurn(locals, fields, clientId)
      return fail(httpStatus[error.code], { fields, clientId, problem: problemOfTip(error, fields) })
    }
  },
}

/** Without script nobody can show work: the form waits its turn instead, and is sent again. */
function waitTurn(locals: App.Locals, fields: TipFields, clientId: string) {
  try {
    const turn = locals.needs.tipGate.ticket(clientId)
    locals.retryAfterSeconds = turn.waitSeconds
    return fail(httpStatus.rate_limited, { fields, clientId, problem: 'wait' as const, turn })
  } catch (error) {
    if (!isAssayError(error)) throw error
    return fail(httpStatus.unavailable, { fields, clientId, problem: 'busy' as const })
  }
}

async function send(
  { needs, language }: App.Locals,
  fields: TipFields,
  clientId: string,
  ticket: string | null,
) {
  const content = contentOf(fields)
  const sent = { ...content, unanswered: fields.unanswered, pass: { proof: null, ticket } }
  const received = await receiveTip(needs, { ...sent, clientId }).catch((error: unknown) => {
    // Sent, changed and sent again: what was changed is another message.
    if (!isAssayError(error) || error.code !== 'conflict') throw error
    return receiveTip(needs, { ...sent, clientId: newClientId(needs) })
  })
  if (received.kind === 'answered') {
    const answer = await answerMessage(needs, { text: fields.text, links: content.links, lang: content.lang })
    return { fields: { ...fields, unanswered: true }, clientId, answer }
  }
  const words = formatReceipt(received.receipt, language)
  const expiresOn = expiryOf(dayOf(needs.clock.now()))
  return { receipt: { words, expiresOn, ...askForWord(needs, words) } }
}

function newClientId({ ids }: Needs): string {
  return Buffer.from(ids.randomBytes(clientIdBytes)).toString('base64url')
}

const clientIdBytes = 24
