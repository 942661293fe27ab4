/**
 * j and k in an inbox of 10,000 open rumours: `node bench/desk/keys.ts`. For each press in a real browser the time from the key
 * event until its handlers are done and style and layout are those of the next picture. Prints one JSON object.
 */
import { randomBytes } from 'node:crypto'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { newId, type RumourId, type TipId } from '#domain/ids.ts'
import { dayOf, expiryOf } from '#domain/tip.ts'
import { percentile } from '#flows/evaluate/metrics.ts'
import { sealTip } from '#flows/tip-texts.ts'
import { fadingKeysFolder } from '#io/fading-keys.ts'
import { browserCookieOf, fillDesk } from '../../test/desk/fill-desk.ts'
import { openBrowser, openReader } from '../../test/pages/browser.ts'
import { openFilledSite } from '../../test/pages/open-filled-site.ts'

const rumourCount = 10_000
const presses = 1_000
/** At 60 pictures a second. */
const frameMs = 1_000 / 60

const site = await openFilledSite({ empty: true })
const { needs } = site
const { db, ids, clock } = needs
const { people } = await fillDesk(needs)
const day = dayOf(clock.now())
const keys: Uint8Array[] = []
const made = Array.from({ length: rumourCount }, (_, at) => {
  const text = `They say that the bridge number ${at} has fallen since yesterday; is that true?`
  const content = { text, links: [], lang: 'en', country: null, seen: null, doubt: null }
  const tip = { rumour: newId<RumourId>(ids), id: newId<TipId>(ids), wording: randomBytes(32) }
  const fading = randomBytes(32)
  keys.push(Buffer.from(tip.id), fading)
  return { ...tip, ...sealTip(needs, fading, { original: content, redacted: content }) }
})
// As the keeper of fading keys writes them, without waiting for the disk ten thousand times.
const keysFolder = join(needs.config.dataFolder, fadingKeysFolder)
await mkdir(keysFolder, { recursive: true })
await appendFile(join(keysFolder, expiryOf(day)), Buffer.concat(keys))
const column = <T>(of: (one: (typeof made)[number]) => T) => made.map(of)
await sql`insert into rumours (id, state, lang, first_day, last_day, demand)
  select id, 'open', 'en', ${day}::date, ${day}::date, 1 + at % 12
  from unnest(${column(({ rumour }) => rumour)}::text[]) with ordinality as given (id, at)`.execute(db)
await sql`insert into tips (id, rumour_id, redacted, decision, lang, day, expires_on, wording, sealed, wrapped_key,
    receipt_mac, client_mac, feed_mac)
  select id, rumour_id, redacted, 'same', 'en', ${day}::date, ${expiryOf(day)}::date, wording, sealed, wrapped,
    wording || '1', wording || '2', wording || '3'
  from unnest(${column(({ id }) => id)}::text[], ${column(({ rumour }) => rumour)}::text[],
    ${column(({ redacted }) => Buffer.from(redacted))}::bytea[], ${column(({ wording }) => wording)}::bytea[],
    ${column(({ sealed }) => Buffer.from(sealed))}::bytea[], ${column(({ wrappedKey }) => Buffer.from(wrappedKey))}::bytea[])
    as given (id, rumour_id, redacted, wording, sealed, wrapped)`.execute(db)

const browser = await openBrowser()
const context = await openReader(browser, { width: 'desk', javaScript: true })
await context.addCookies([browserCookieOf(site.url, people.northChecker)])
const page = await context.newPage()
await page.goto(`${site.url}/desk/inbox?work=all`)
await page.waitForSelector('button kbd')
const shown = await page.locator('[data-rumour]').count()
await page.evaluate(`
  globalThis.taken = []
  let began = 0
  addEventListener('keydown', () => { began = performance.now() }, { capture: true })
  addEventListener('keydown', () => {
    document.activeElement.getBoundingClientRect()
    taken.push(performance.now() - began)
  })`)
for (let at = 0; at < presses; at++) {
  // Down to the end of the page and up again.
  await page.keyboard.press(Math.floor(at / shown) % 2 === 0 ? 'j' : 'k')
}
const taken: number[] = await page.evaluate('taken')
const reached = await page.evaluate('document.activeElement.matches(".open")')
await browser.close()
await site.close()

const round = (value: number) => Math.round(value * 100) / 100
const slow = taken.filter((ms) => ms > frameMs).length
const figures = { p50: percentile(taken, 0.5), p99: percentile(taken, 0.99), most: Math.max(...taken) }
process.stdout.write(
  `${JSON.stringify({
    rumours: rumourCount,
    shown,
    presses: taken.length,
    p50_ms: round(figures.p50),
    p99_ms: round(figures.p99),
    most_ms: round(figures.most),
    over_a_frame: slow,
  })}\n`,
)
process.exitCode = taken.length === presses && reached === true && slow === 0 ? 0 : 1
