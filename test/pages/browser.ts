/** Debian's Chromium with scripts switched off, as a phone or a desk. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** A browser with a new, empty profile that goes away with it, and that talks to nobody by itself. */
export function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error('The pages are looked at with Debian’s Chromium; run: apt-get install chromium')
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export const widths = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } } as const

export interface Look {
  width?: keyof typeof widths
  scheme?: 'light' | 'dark'
  /** Accept-Language. */
  language?: string
  /** Only for tools that look at the page from inside it; the pages themselves bring no script. */
  javaScript?: boolean
}

/** A reader without memory of anything before. */
export function openReader(
  browser: Browser,
  { width = 'phone', scheme = 'light', language = 'en', javaScript = false }: Look = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: widths[width],
    colorScheme: scheme,
    locale: language,
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
    deviceScaleFactor: width === 'phone' ? 2 : 1,
  })
}
