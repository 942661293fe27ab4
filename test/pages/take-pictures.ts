/** Pictures of scenes in every look, named by scene and look. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type Look, openReader } from './browser.ts'

export const looks: Look[] = (['phone', 'desk'] as const).flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['en', 'ar'] as const).map((language) => ({ width, scheme, language, javaScript: true })),
  ),
)

/** `wanted`: part of the names of the scenes that are taken. */
export async function takePictures(
  browser: Browser,
  scenes: Record<string, (page: Page, context: BrowserContext) => Promise<void>>,
  { folder, wanted = '', inLooks = looks }: { folder: string; wanted?: string | undefined; inLooks?: Look[] },
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const look of inLooks) {
    for (const [name, go] of Object.entries(scenes)) {
      if (!name.includes(wanted)) continue
      const context = await openReader(browser, look)
      const page = await context.newPage()
      await go(page, context)
      const file = `${name.replaceAll(/\W+/g, '-')}-${look.width}-${look.scheme ?? 'light'}-${look.language}.png`
      await page.screenshot({ path: join(folder, file), fullPage: true })
      await context.close()
    }
  }
}
