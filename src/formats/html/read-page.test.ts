/** What is found in pages, however they are written. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPage } from './read-page.ts'

const url = 'https://desk.example/story/1'

test.each([
  ['plain', '<script type="application/ld+json">{"a":1}</script>'],
  ['upper case, other quotes and order', '<SCRIPT async id=x TYPE=\'Application/LD+JSON\'>{"a":1}</SCRIPT>'],
  ['with parameters', '<script type="application/ld+json; charset=utf-8">{"a":1}</script>'],
  ['no quotes', '<body><div><script type=application/ld+json>{"a":1}</script>'],
])('a script of linked data: %s', (_name, html) => {
  expect(readPage(html, url).scripts).toEqual(['{"a":1}'])
})

test.each([
  ['another element', '<pre type="application/ld+json">{}</pre>'],
  ['another type', '<script type="application/json">{}</script>'],
  ['no type', '<script>{}</script>'],
  ['in a comment', '<!-- <script type="application/ld+json">{}</script> -->'],
])('no script of linked data: %s', (_name, html) => {
  expect(readPage(html, url).scripts).toEqual([])
})

test('character references in a script are left to the JSON', () => {
  expect(readPage('<script type="application/ld+json">{"a":"&lt;&amp;"}</script>', url).scripts).toEqual([
    '{"a":"&lt;&amp;"}',
  ])
})

test('relative addresses are relative to the first base', () => {
  expect(readPage('<base href="/other/"><base href="/third/">', url).base).toBe('https://desk.example/other/')
  expect(readPage('<base href="javascript:x">', url).base).toBe(url)
})

test('language, title, date and announced feeds', () => {
  const html = `<html lang="pt-BR"><meta property="og:title" content="A &amp; B"><meta property="article:published_time" content="2024-01-02">
    <link rel="alternate" type="application/rss+xml" href="/feed.xml" title="All"><link rel="alternate" hreflang="es" href="/es">
    <link rel="alternate" type="application/atom+xml" href="javascript:x"><link rel="stylesheet" href="/a.css">`
  expect(readPage(html, url)).toMatchObject({
    lang: 'pt-BR',
    title: 'A & B',
    publishedAt: '2024-01-02',
    feeds: [{ url: 'https://desk.example/feed.xml', title: 'All' }],
  })
})

test('no page makes it throw', () => {
  const pieces = [
    '<script type="application/ld+json">',
    '</script>',
    '<base href=',
    '<link',
    '<html',
    '>',
    '"',
    '&',
    '<!--',
    '\u0000',
    '\ud800',
  ]
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 }))), (parts) => {
      expect(readPage(parts.join(''), url)).toHaveProperty('scripts')
    }),
  )
})
