/** Pictures of every public page for people to look at: `node test/pages/screenshots.ts [folder] [part of a name]`. */
import { openBrowser } from './browser.ts'
import { openFilledSite } from './open-filled-site.ts'
import { readerOf } from './read-page.ts'
import { publicScenes } from './scenes.ts'
import { looks, takePictures } from './take-pictures.ts'

const [folder = 'test/pages/screenshots', wanted] = process.argv.slice(2)
const site = await openFilledSite()
const browser = await openBrowser()
const scenes: Parameters<typeof takePictures>[1] = {}
for (const [name, { go }] of Object.entries(publicScenes)) {
  scenes[name] = (page) => go(readerOf(site, page), site)
}
await takePictures(browser, scenes, {
  folder,
  wanted,
  inLooks: [
    ...looks.map((look) => ({ ...look, javaScript: false })),
    { width: 'phone', language: 'es' },
    { width: 'phone', language: 'zh-TW' },
  ],
})
await browser.close()
await site.close()
