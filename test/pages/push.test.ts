/**
 * The exception to "no script": an opened receipt offers pushes with a script of our own. Everything else on that page
 * works without, no other public page has it, and it asks nobody but this site.
 */
import { expect, test } from 'vitest'
import { openBrowser } from '../flows/push-stand-in.ts'
import { openPages, type Reader } from './reader.ts'

const pages = openPages()
const endpoint = 'https://push.example.com/wake/1'

/** Headless Chromium has no push service behind it: what the browser would give out is handed in. */
async function openReceipt(reader: Reader, subscription: unknown): Promise<void> {
  const { page, ask, follow, visit } = reader
  const given = subscription === null ? 'null' : `{ toJSON: () => (${JSON.stringify(subscription)}) }`
  await page.addInitScript(`
    const given = ${given}
    PushManager.prototype.getSubscription = () => Promise.resolve(null)
    PushManager.prototype.subscribe = () => given ? Promise.resolve(given) : Promise.reject(new Error('Not allowed.'))
  `)
  await ask(`The weather vane was replaced by a spoon, say ${reader.requests.length} of us`)
  await follow('.send-in button')
  await follow('.tip-form button')
  const words = await page.inputValue('.copy')
  await visit('/tips/status')
  expect(await page.locator('script').count()).toBe(0)
  await page.fill('textarea', words)
  await follow('button[value=read]')
}

const offer = '[data-part=push]'

test('a browser is told of the tip from the press of a button on, until another', async () => {
  const reader = await pages.reader({ javaScript: true })
  const { page, context, requests, text } = reader
  await openReceipt(reader, openBrowser().subscriptionAt(endpoint))
  expect(await text(offer)).toContain('It is off.')
  await page.click(`${offer} [data-part=on]`)
  await page.getByText('It is on').waitFor()
  await page.reload()
  expect(await text(offer)).toContain('It is on')
  await page.click(`${offer} [data-part=off]`)
  await page.getByText('It is off.').waitFor()
  expect(await page.locator('script').count()).toBe(1)
  expect(requests.filter((address) => !address.startsWith(`${pages.site.url}/`))).toEqual([])
  expect(await context.cookies()).toEqual([])
  const words = (await page.getAttribute(offer, 'data-receipt'))!.split(' ')
  expect(requests.filter((address) => words.every((word) => address.includes(word)))).toEqual([])
})

test('a browser that does not allow it says so, and nothing is kept', async () => {
  const reader = await pages.reader({ javaScript: true })
  await openReceipt(reader, null)
  await reader.page.click(`${offer} [data-part=on]`)
  await reader.page.getByText('That did not work').waitFor()
  await reader.page.reload()
  expect(await reader.text(offer)).toContain('It is off.')
})

test('only the answer to a receipt that opens something may run our script, and nobody else’s', async () => {
  const policyOf = async (receipt: string) => {
    const body = new URLSearchParams({ receipt, do: 'read' })
    const response = await fetch(`${pages.site.url}/tips/status`, { method: 'POST', body })
    return response.headers.get('content-security-policy')!
  }
  const sent = await fetch(`${pages.site.url}/api/v1/tips`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'The spoon was a fork', clientId: crypto.randomUUID() }),
  })
  const { receipt } = (await sent.json()) as { receipt: string }
  expect(await policyOf(receipt)).toMatch(/^default-src 'none'; script-src 'self'; worker-src 'self'/)
  expect(await policyOf(receipt)).not.toContain('unsafe')
  expect(await policyOf('no receipt')).not.toContain('script-src')
  const worker = await fetch(`${pages.site.url}/tips/push-worker.js`)
  expect([worker.status, worker.headers.get('content-type')]).toEqual([200, 'text/javascript'])
  expect(await worker.text()).not.toContain("addEventListener('fetch'")
})
