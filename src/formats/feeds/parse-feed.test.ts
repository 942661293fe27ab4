/** What feeds and sitemaps list, and what they must not do to us. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entriesMax, parseFeed } from './parse-feed.ts'

const base = 'https://desk.example/feeds/all.xml'
const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items}</channel></rss>`
const urlset = (inner: string) =>
  `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`
const entriesOf = (text: string) => {
  const parsed = parseFeed(text, base)
  return parsed.ok ? parsed.value.entries : parsed.problems
}

describe('feeds and sitemaps list pages', () => {
  test.each([
    [
      'RSS',
      rss('<item><link>https://desk.example/a</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>'),
      'Mon, 01 Jan 2024 00:00:00 GMT',
    ],
    ['RSS with a permalink only', rss('<item><guid>https://desk.example/a</guid></item>'), null],
    [
      'Atom with a relative link',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/x"/><link href="/a"/><updated>2024-01-01</updated></entry></feed>',
      '2024-01-01',
    ],
    [
      'JSON Feed',
      '{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"https://desk.example/a","date_modified":"2024-01-01"}]}',
      '2024-01-01',
    ],
    [
      'RSS 1.0',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>c</title></channel><item rdf:about="https://desk.example/a"><link>https://desk.example/a</link><dc:date>2024-01-01</dc:date></item></rdf:RDF>',
      '2024-01-01',
    ],
    [
      'a sitemap',
      urlset('<url><loc> https://desk.example/a </loc><lastmod>2024-01-01</lastmod></url>'),
      '2024-01-01',
    ],
    [
      'a news sitemap',
      urlset(
        '<url><loc>https://desk.example/a</loc><news:news xmlns:news="n"><news:publication_date>2024-01-01</news:publication_date></news:news></url>',
      ),
      '2024-01-01',
    ],
  ])('%s', (_name, text, updatedAt) => {
    expect(entriesOf(text)).toEqual([{ url: 'https://desk.example/a', updatedAt }])
  })

  test('a sitemap index lists sitemaps, and never itself', () => {
    const text = `<sitemapindex><sitemap><loc>${base}</loc></sitemap><sitemap><loc>https://desk.example/2.xml?a=1&amp;b=2</loc></sitemap></sitemapindex>`
    expect(parseFeed(text, base)).toEqual({
      ok: true,
      value: {
        kind: 'sitemap-index',
        entries: [{ url: 'https://desk.example/2.xml?a=1&b=2', updatedAt: null }],
      },
    })
  })

  test('an address stands once, and one that leads nowhere not at all', () => {
    const text = rss(
      ['https://desk.example/a', 'https://desk.example/a', 'javascript:alert(1)', 'ftp://desk.example/']
        .map((url) => `<item><link>${url}</link></item>`)
        .join(''),
    )
    expect(entriesOf(text)).toHaveLength(1)
  })

  test('an empty feed is a feed', () => {
    expect(entriesOf(rss(''))).toEqual([])
    expect(entriesOf(urlset(''))).toEqual([])
  })
})

describe('hostile and broken input', () => {
  test('a document type definition is refused before it is parsed', () => {
    const bomb = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${rss('<item><link>&b;</link></item>')}`
    expect(parseFeed(bomb, base)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('DOCTYPE') }],
    })
    expect(
      parseFeed(`<?xml version="1.0"?><!doctype x SYSTEM "http://127.0.0.1/x">${urlset('')}`, base).ok,
    ).toBe(false)
  })

  test('a DOCTYPE inside the text of an item is text', () => {
    const item =
      '<item><link>https://desk.example/a</link><description><![CDATA[<!DOCTYPE html><p>x]]></description></item>'
    expect(entriesOf(rss(item))).toHaveLength(1)
  })

  test('a ">" inside an attribute ends no tag', () => {
    const media = '<m:content xmlns:m="m" title="a > b" url="x"/>'.repeat(200)
    expect(entriesOf(rss(`<item><link>https://desk.example/a</link>${media}</item>`))).toHaveLength(1)
  })

  test('100,000 elements inside each other are refused', () => {
    expect(parseFeed(urlset('<a>'.repeat(100_000)), base)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('nested') }],
    })
  })

  test('a page instead of a feed is said to be one', () => {
    for (const start of [
      '<html>',
      '<!DOCTYPE html><html>',
      '<?xml version="1.0"?>\n<!doctype html PUBLIC "x"><html>',
    ]) {
      expect(parseFeed(`${start}<body>Feeds are here</body></html>`, base)).toMatchObject({
        ok: false,
        problems: [{ message: expect.stringContaining('HTML page') }],
      })
    }
  })

  test('more entries than the protocol allows are left', () => {
    const text = urlset(
      Array.from(
        { length: entriesMax + 5 },
        (_, at) => `<url><loc>https://desk.example/${at}</loc></url>`,
      ).join(''),
    )
    expect(entriesOf(text)).toHaveLength(entriesMax)
  })

  test('no text makes it throw', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      'rss',
      'urlset',
      'item',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&',
      ';',
      '"',
      '{',
      '}',
      ' ',
      '\u0000',
      '\ud800',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 60 }), (pieces) => {
        for (const start of ['', '<rss>', '<urlset>', '{'])
          expect(parseFeed(start + pieces.join(''), base)).toHaveProperty('ok')
      }),
    )
  })
})
