/** What an HTML page tells machines: its scripts of linked data, its address, language, title, date and feeds. */
import { Parser } from 'htmlparser2'
import { webAddress } from '../urls/web-address.ts'

/** UTF-16 code units; the longest pages of publishers have a tenth of it. What follows is not read. */
export const pageMax = 20_000_000
const scriptsMax = 200
const feedsMax = 20

export interface HtmlPage {
  /** Bodies of `application/ld+json` scripts, as written. */
  scripts: string[]
  /** What relative addresses are relative to. */
  base: string | null
  lang: string | null
  title: string | null
  summary: string | null
  publishedAt: string | null
  /** Feeds that the page announces. */
  feeds: { url: string; title: string | null }[]
}

const feedTypes = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/feed\+json$/

/** Reads a page in one pass; never throws, whatever the markup. `pageUrl` is where it was fetched. */
export function readPage(html: string, pageUrl: string | null): HtmlPage {
  const page: HtmlPage = {
    scripts: [],
    base: pageUrl,
    lang: null,
    title: null,
    summary: null,
    publishedAt: null,
    feeds: [],
  }
  let script: string[] | null = null
  let hasBase = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'script') script = isLinkedData(attributes.type) ? [] : null
        else if (name === 'html') page.lang ??= attributes.lang ?? null
        else if (name === 'base' && attributes.href && !hasBase) {
          hasBase = true
          page.base = webAddress(attributes.href, pageUrl) ?? pageUrl
        } else if (name === 'link') readLink(page, attributes)
        else if (name === 'meta') readMeta(page, attributes)
      },
      ontext(text) {
        script?.push(text)
      },
      onclosetag(name) {
        if (name !== 'script' || script === null) return
        if (page.scripts.length < scriptsMax) page.scripts.push(script.join(''))
        script = null
      },
    },
    { decodeEntities: true },
  )
  parser.write(html.slice(0, pageMax))
  parser.end()
  return page
}

/** The type may carry parameters and any case. Source: JSON-LD 1.1, 7.1. */
function isLinkedData(type = ''): boolean {
  return type.split(';', 1)[0]!.trim().toLowerCase() === 'application/ld+json'
}

function readLink(page: HtmlPage, { rel, type, href, title }: Record<string, string>): void {
  if (!href || !/\balternate\b/i.test(rel ?? '') || !feedTypes.test(type?.trim().toLowerCase() ?? '')) return
  const url = webAddress(href, page.base)
  if (url !== null && page.feeds.length < feedsMax && !page.feeds.some((feed) => feed.url === url)) {
    page.feeds.push({ url, title: title ?? null })
  }
}

function readMeta(page: HtmlPage, { property, name, content }: Record<string, string>): void {
  if (!content) return
  const key = (property ?? name ?? '').toLowerCase()
  if (key === 'og:title') page.title ??= content
  else if (key === 'og:description') page.summary ??= content
  else if (key === 'article:published_time') page.publishedAt ??= content
}
