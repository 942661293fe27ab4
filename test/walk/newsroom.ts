/** The steps of the walk at the desk, as people make them: links, fields and buttons of the pages, nothing else. */
import type { Page } from 'playwright-core'
import { hotp, totpStepAt } from '#formats/totp/totp.ts'
import { deskPassword } from '../desk/fill-desk.ts'

/** Clicks what leads to another page, and waits until that is there. */
export async function follow(page: Page, selector: string): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.click(selector)
  await loaded
}

export async function visit(page: Page, siteUrl: string, path: string): Promise<void> {
  await page.goto(siteUrl + path)
}

/** An invitation made on the page of the people; the path of its link. */
export async function invite(lead: Page, siteUrl: string, email: string): Promise<string> {
  await visit(lead, siteUrl, '/desk/people')
  await lead.fill('#email', email)
  await follow(lead, 'form.in-line button')
  return new URL(await lead.innerText('.secret')).pathname
}

/** From the link to the desk: who one is, password, the app's code, the recovery codes. */
export async function join(
  page: Page,
  siteUrl: string,
  path: string,
  who: Record<'name', string> & Partial<Record<'organisation' | 'email', string>>,
): Promise<void> {
  await visit(page, siteUrl, path)
  for (const [field, text] of Object.entries(who)) await page.fill(`#${field}`, text)
  await page.fill('#password', deskPassword)
  const secret = bytesOfBase32(await page.innerText('.secret'))
  await page.fill('#code', hotp(secret, totpStepAt(new Date())))
  await follow(page, 'form button:not([type])')
  await page.click('a.read')
  await page.waitForURL(/\/desk$/)
}

/** Writes the verdict and saves it by its button. */
export async function write(page: Page, verdict: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(verdict)) {
    if (name === 'rating') await page.selectOption('#rating', text)
    else await page.fill(`#editor [name=${name}]`, text)
  }
  await follow(page, '#editor .save-line button')
}

/** One asks for the review, the other approves it. */
export async function review(author: Page, second: Page): Promise<void> {
  await follow(author, 'form[action="?/request"] button')
  await second.goto(author.url().replace(/\?.*/, ''))
  await follow(second, 'form[action="?/approve"] .buttons button >> nth=0')
}

function bytesOfBase32(text: string): Uint8Array {
  const letters = text.replace(/[\s=]/g, '')
  const bits = [...letters].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
