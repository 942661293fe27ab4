/** Pictures of every page of the desk and of what it published: `node test/desk/screenshots.ts [folder] [part of a name]`. */
import { openBrowser } from '../pages/browser.ts'
import { openFilledSite } from '../pages/open-filled-site.ts'
import { takePictures } from '../pages/take-pictures.ts'
import { browserCookieOf, fillDesk } from './fill-desk.ts'
import { scenes } from './scenes.ts'

const [folder = 'test/desk/screenshots', wanted] = process.argv.slice(2)
const site = await openFilledSite({ empty: true })
const desk = { site, needs: site.needs, ...(await fillDesk(site.needs)) }
const browser = await openBrowser()
const signedIn: Parameters<typeof takePictures>[1] = {}
for (const [name, { who, go }] of Object.entries(scenes)) {
  signedIn[name] = async (page, context) => {
    if (who) await context.addCookies([browserCookieOf(site.url, desk.people[who])])
    await go(page, desk)
  }
}
await takePictures(browser, signedIn, { folder, wanted })
await browser.close()
await site.close()
