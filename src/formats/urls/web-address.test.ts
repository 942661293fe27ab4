/** Which addresses are kept, and how one page gets one address. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalAddress, isSameDomain, siteOf, webAddress } from './web-address.ts'

const base = 'https://desk.example.org/story/1'

test.each([
  ['/a?b=1#part', 'https://desk.example.org/a?b=1'],
  ['2.html', 'https://desk.example.org/story/2.html'],
  ['//cdn.example.org/x', 'https://cdn.example.org/x'],
  ['desk.example.org/a', 'https://desk.example.org/a'],
  ['https://DESK.example.org:443/a', 'https://desk.example.org/a'],
  ['https://desk.example.org/?a=1&amp;b=2', 'https://desk.example.org/?a=1&b=2'],
  ['https://desk.example.org/a?utm_source=x&id=7&fbclid=y', 'https://desk.example.org/a?id=7'],
  ['https://desk.example.org/a?utm_source=x', 'https://desk.example.org/a'],
  ['https://desk.example.org/é ü', 'https://desk.example.org/%C3%A9%20%C3%BC'],
  ['https://desk.example.org/x?q=%zz', 'https://desk.example.org/x?q=%zz'],
])('%s is %s', (written, address) => {
  expect(canonicalAddress(written, base)).toBe(address)
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'ftp://desk.example.org/',
  'https://u:p@desk.example.org/',
  'https://',
  'https://a b.example/',
  '',
  '#top',
  `https://desk.example.org/${'x'.repeat(3_000)}`,
])('%s is no address', (written) => {
  expect(canonicalAddress(written, base)).toBe(null)
})

test('words are no address where none is the base', () => {
  expect(webAddress('Réseaux sociaux', null)).toBe(null)
  expect(webAddress('index.html', null)).toBe(null)
})

test('a canonical address stays as it is', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
      const once = canonicalAddress(url, null)
      if (once !== null) expect(canonicalAddress(once, null)).toBe(once)
    }),
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(webAddress(text, base)).not.toBe(undefined)
    }),
  )
})

test('a publisher is known by its host', () => {
  expect(siteOf('https://www.desk.example.org/a')).toBe('desk.example.org')
  expect(siteOf('https://desk.example.org./')).toBe('desk.example.org')
  expect(siteOf('nothing')).toBe(null)
})

test('one registrable domain is one house, a shared host is not', () => {
  expect(isSameDomain('https://noticias.example.com.br/x', 'https://www.example.com.br')).toBe(true)
  expect(isSameDomain('https://one.github.io', 'https://other.github.io')).toBe(false)
  expect(isSameDomain('https://a.co.uk', 'https://b.co.uk')).toBe(false)
})
