/** /tips/status: a receipt in, what became of the tip out; or its deletion. The words come by POST and are in no address. */
import { type Actions, fail } from '@sveltejs/kit'
import { httpStatus } from '#domain/errors.ts'
import { receiptTextMax } from '#domain/receipt.ts'
import { pushKeys } from '#flows/push-keys.ts'
import { deleteByReceipt, readReceipt } from '#flows/read-receipt/read-receipt.ts'
import { problemsOfReceipt } from '#formats/receipts/parse-receipt.ts'
import { addressOf } from '../../../../words/address.ts'

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const given = form.get('receipt')
    const receipt = typeof given === 'string' ? given : ''
    const wish = form.get('do')
    if (wish === 'spell') {
      return { spelling: problemsOfReceipt(receipt), receipt: receipt.slice(0, receiptTextMax) }
    }
    if (wish === 'delete') {
      return (await deleteByReceipt(locals.needs, receipt))
        ? { deleted: true as const }
        : nothingFound(receipt)
    }
    const opened = await readReceipt(locals.needs, receipt)
    if (opened === null) return nothingFound(receipt)
    const feed = `${locals.needs.config.publicUrl}/told/${opened.feedToken}.atom`
    const push = { key: pushKeys(locals.needs).publicKey, on: opened.push }
    return { status: opened.status, receipt, feed: addressOf(feed, { lang: locals.language }), push }
  },
}

/** For every receipt that opens nothing the same page, to the letter but for what was typed. */
function nothingFound(receipt: string) {
  return fail(httpStatus.not_found, { nothing: true as const, receipt: receipt.slice(0, receiptTextMax) })
}
