/** Pictures of every page of the desk for people to look at: `node test/desk/screenshots.ts [folder] [part of a name]`. */
import { mkdir } from 'node:fs/promises'
import { type Look, openBrowser, openReader } from '../pages/browser.ts'
import { openFilledSite } from '../pages/open-filled-site.ts'
import { browserCookieOf, fillDesk } from './fill-desk.ts'
import { scenes } from './scenes.ts'

const folder = process.argv[2] ?? 'test/desk/screenshots'
const looks: Look[] = (['phone', 'desk'] as const).flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['en', 'ar'] as const).map((language) => ({ width, scheme, language, javaScript: true })),
  ),
)

const site = await openFilledSite({ empty: true })
const desk = { site, needs: site.needs, ...(await fillDesk(site.needs)) }
const browser = await openBrowser()
await mkdir(folder, { recursive: true })
const wanted = process.argv[3] ?? ''
for (const look of looks) {
  for (const [name, { who, go }] of Object.entries(scenes)) {
    if (!name.includes(wanted)) continue
    const context = await openReader(browser, look)
    if (who) await context.addCookies([browserCookieOf(site.url, desk.people[who])])
    const page = await context.newPage()
    await go(page, desk)
    const path = `${folder}/${name.replaceAll(/\W+/g, '-')}-${look.width}-${look.scheme}-${look.language}.png`
    await page.screenshot({ path, fullPage: true })
    await context.close()
  }
}
await browser.close()
await site.close()
