import { describe, expect, test } from 'vitest'
import { canonicalUrl, LinkFinder, linkLettersMax, titleInAddress } from './links.ts'

const same: [string, string][] = [
  ['HTTP://WWW.Example.com:80/a/?utm_source=x&b=2&a=1#top', 'https://example.com/a?a=1&b=2'],
  ['https://youtu.be/dQw4w9WgXcQ?si=abc', 'https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share&t=3'],
  ['https://www.youtube.com/shorts/dQw4w9WgXcQ', 'https://youtube.com/watch?v=dQw4w9WgXcQ'],
  [
    'https://m.facebook.com/story.php?story_fbid=1&id=2&__tn__=x',
    'https://facebook.com/story.php?id=2&story_fbid=1',
  ],
  ['https://x.com/a/status/12?s=20&t=x', 'https://mobile.twitter.com/a/status/12'],
  ['https://www.google.com/amp/s/www.example.org/news/uk-1', 'https://example.org/news/uk-1/amp/'],
  ['https://www-example-org.cdn.ampproject.org/c/s/www.example.org/x?fbclid=1', 'https://example.org/x'],
  ['https://en.m.wikipedia.org/wiki/Hoax', 'https://en.wikipedia.org/wiki/Hoax'],
  ['example.org/page?gclid=1&igshid=2', 'https://example.org/page'],
  ['https://example.org/index.html', 'https://example.org'],
  ['https://user:secret@example.org/x', 'https://example.org/x'],
]

const different: [string, string][] = [
  ['https://example.org/t.php?t=12', 'https://example.org/t.php?t=13'],
  ['https://example.org/?p=1', 'https://example.org/?p=2'],
  ['https://example.org/#!/a', 'https://example.org/#!/b'],
  ['https://example.org:8080/', 'https://example.org/'],
]

describe('an address', () => {
  test.each(same)('%s is the page of %s', (one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other))
    expect(canonicalUrl(one)).not.toBeNull()
  })
  test.each(different)('%s is not the page of %s', (one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other))
  })
  test.each([
    'javascript:alert(1)',
    'mailto:a@example.org',
    'http://localhost/x',
    'data:text/html,hello',
    '',
    'hello world',
    `https://example.org/${'a'.repeat(linkLettersMax)}`,
  ])('%s has no canonical form', (text) => {
    expect(canonicalUrl(text)).toBeNull()
  })
  test('in canonical form stays as it is', () => {
    for (const [one] of [...same, ...different]) {
      const canonical = canonicalUrl(one)!
      expect(canonicalUrl(canonical)).toBe(canonical)
    }
  })
})

function linksIn(text: string): string[] {
  const finder = new LinkFinder(text)
  const found: string[] = []
  for (let at = 0; at < text.length; at++) {
    const end = finder.endOfLinkAt(at)
    if (end > at) {
      found.push(text.slice(at, end))
      at = end
    }
  }
  return found
}

test('addresses are found in a text, without the punctuation and letters around them', () => {
  expect(linksIn('see (https://example.org/a?b=1), or www.example.com. Also pic.twitter.com/AbC.')).toEqual([
    'https://example.org/a?b=1',
    'www.example.com',
    'pic.twitter.com/AbC',
  ])
  expect(linksIn('詳情https://example.tw/a看這裡')).toEqual(['https://example.tw/a'])
  expect(linksIn('the U.S. and 3.5 million... e.g. this')).toEqual([])
})

test('the title at the end of an address is read as words', () => {
  const wordsIn = (url: string) => titleInAddress(url).map((at) => /^\p{L}+/u.exec(url.slice(at))![0])
  expect(wordsIn('https://example.org/2020/10/11/lemon-cures-cancer.html?x=1')).toEqual([
    'lemon',
    'cures',
    'cancer',
  ])
  expect(wordsIn('https://example.org/lemon-cures-2-cancers/')).toEqual(['lemon', 'cures', 'cancers'])
  for (const none of [
    'https://a-b-c-d.example.org',
    'https://example.org/lemon-water',
    'https://example.org/a/3f5a9bc2',
  ])
    expect(wordsIn(none)).toEqual([])
  expect(titleInAddress(`https://example.org/${'a-'.repeat(900)}`)).toEqual([])
})
