/** Text of strangers becomes plain text: nothing seen is lost, nothing hidden stays. */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, cutText, isBlank, marksMax } from './clean-text.ts'
import { htmlTextMax, plainText } from './plain-text.ts'

describe('a text without markup passes as it is', () => {
  test.each([
    'I <3 you',
    'a < b and c > d',
    'a<b and c>d',
    'if x<y then stop',
    '<<<<',
    'AT&T &copy 2',
    'https://example.org/?a=1&copy=2&lt=3',
    '<Name> and <unknown>',
    'line one\nline two',
    'unclosed <b',
    '"quoted" and \\slashed\\',
    'می\u200cخواهم',
    '👨\u200d👩\u200d👧\u200d👦',
    '葛\u{E0100}城市',
    '<!--',
  ])('%s', (text) => {
    expect(plainText(text)).toBe(text)
  })
})

describe('markup becomes what a reader sees', () => {
  test.each([
    ['Singh&#039;s', "Singh's"],
    ['Singh&amp;#039;s &amp;amp; co', "Singh's & co"],
    ['1 &lt; 2', '1 < 2'],
    ['<p>One <b>bold</b> word<br>and more</p><p>next</p>', 'One bold word\nand more\nnext'],
    ['&lt;p&gt;escaped&lt;/p&gt;', 'escaped'],
    ['<p>El \n año&nbsp;2021</p>', 'El año\u00a02021'],
    ['tea <i>green</i>er', 'tea greener'],
    ['<li>a</li>\n<li>b</li>', 'a\nb'],
    ['<a title="x > y" href=z>link</a>', 'link'],
    ['x<!-- hidden -->y', 'xy'],
    ['<![CDATA[text]]>', 'text'],
    ['<o:p>Word</o:p><fb:like></fb:like>', 'Word'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<script>alert(1)</script>ok', 'ok'],
    ['</script><script>alert(1)</script>', ''],
    ['<style>a{}</style>x<noscript>y</noscript>', 'x'],
    ['before<script>never closed', 'before'],
  ])('%s', (html, text) => {
    expect(plainText(html)).toBe(text)
  })
})

describe('what cannot be seen or stored is taken out', () => {
  test.each([
    ['NUL and controls', 'a\u0000b\u0007c\u0085d', 'abc\nd'],
    ['a lone surrogate', 'a\ud83d', 'a\ufffd'],
    ['an override', 'verdict: \u202eeslaf\u202c', 'verdict: eslaf'],
    ['isolates left open', 'abc\u2067\u2067', 'abc'],
    ['a sentence in tag characters', 'hello\u{E0069}\u{E0067}\u{E006E}', 'hello'],
    ['data in variation selectors', '😀\u{E0153}\u{E0145}', '😀'],
    ['noncharacters and interlinear notes', '\ufffe\ufdd0\ufff9a\ufffab\ufffb', 'ab'],
    ['decomposed letters', 'cafe\u0301', 'café'],
    ['a byte order mark', '\ufefftext', 'text'],
    ['line ends of other systems', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ])('%s', (_name, text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  test('marks on one letter end at the limit', () => {
    expect(cleanText(`Z${'\u0316'.repeat(900)}`)).toHaveLength(1 + marksMax)
    expect(cleanText(`a${'\ufe00'.repeat(500)}`)).toHaveLength(2)
  })

  test('fillers and blank patterns count as empty, a letter does not', () => {
    expect(isBlank('\u3164\u115f\u2800\u00a0\u200b')).toBe(true)
    expect(isBlank('')).toBe(true)
    expect(isBlank(' x ')).toBe(false)
  })
})

describe('limits', () => {
  test('a long text is cut at a word and says so', () => {
    expect(cutText('one two three', 10)).toBe('one two…')
    expect(cutText('one', 3)).toBe('one')
    expect(cutText(`a${'😀'.repeat(10)}`, 9)).toBe('a😀😀😀…')
  })

  test('of an endless text the beginning is read', () => {
    expect(plainText('x'.repeat(htmlTextMax * 2)).length).toBeLessThanOrEqual(htmlTextMax)
    expect(plainText(`<p>${'word '.repeat(1_000_000)}`, 100).length).toBeLessThanOrEqual(100)
  })

  test('no text makes it throw, and none leaves what it takes out', () => {
    const pieces = [
      '<',
      '</',
      '>',
      '<p',
      '<!--',
      '-->',
      '<script',
      '"',
      "'",
      '=',
      '&',
      '&amp;',
      '&#0;',
      '&#x',
      ';',
      '\u202e',
      '\u0000',
      '\ud800',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 }))),
        (parts) => {
          const text = plainText(parts.join(''))
          expect(text.isWellFormed()).toBe(true)
          expect(text).not.toMatch(
            /(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]|\p{Noncharacter_Code_Point}/u,
          )
          expect(text).toBe(text.trim())
        },
      ),
    )
  })

  test('openings without an end cost one pass together', () => {
    for (const opening of [
      '<!--',
      '<script>',
      '<a "',
      '<a b="',
      '<a x=1 ',
      '<![CDATA[',
      '<!d',
      '<',
      '&',
      '<iframe><style>',
    ])
      expect(
        plainText(opening.repeat(Math.ceil(htmlTextMax / opening.length)), 10).length,
      ).toBeLessThanOrEqual(10)
  }, 30_000)
})

const hostile = '../shared/vectors/hostile'

describe.skipIf(!existsSync(hostile))('the hostile vectors', () => {
  test('texts made to stall a parser are read to the end', () => {
    const vectors = JSON.parse(readFileSync(`${hostile}/redos.json`, 'utf8')) as { b64gz: string }[]
    for (const { b64gz } of vectors) {
      expect(typeof plainText(gunzipSync(Buffer.from(b64gz, 'base64')).toString())).toBe('string')
    }
  })

  test('naughty strings and Unicode cases come out storable', () => {
    const strings = JSON.parse(readFileSync(`${hostile}/blns/blns.json`, 'utf8')) as string[]
    const cases = JSON.parse(readFileSync(`${hostile}/unicode/cases.json`, 'utf8')) as { text: string }[]
    for (const text of [...strings, ...cases.map((one) => one.text)]) {
      const plain = plainText(text)
      expect(plain.isWellFormed() && !plain.includes('\u0000')).toBe(true)
      expect(plain).not.toMatch(/<script[\s>]/i)
    }
  })
})
