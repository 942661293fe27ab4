/** JSON is mended where one meaning is possible, and refused with a sentence where not. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerptOf, isObject, member, pathTo } from './json-value.ts'
import { jsonLimits, parseJson } from './parse-json.ts'

describe('what publishers break and one meaning is left', () => {
  test.each([
    ['a comma too many', '{"a":[1,,2,],}', { a: [1, 2] }],
    ['a line break and a tab inside a string', '{"a":"x\ny\tz"}', { a: 'x\ny\tz' }],
    ['a semicolon at the end', '{"a":1};', { a: 1 }],
    ['a CDATA wrapper', '// <![CDATA[\n{"a":1}\n// ]]>', { a: 1 }],
    ['a CDATA wrapper in a comment', '/*<![CDATA[*/{"a":1}/*]]>*/', { a: 1 }],
    ['an HTML comment around', '<!--\n{"a":1}\n-->', { a: 1 }],
    ['comments between', '{"a":/* one */1}', { a: 1 }],
    ['a backslash that escapes nothing', `{"a":"it\\'s <\\!--"}`, { a: "it's <!--" }],
    ['several objects in a row', '{"a":1}\n{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['several objects with a comma between', '{"a":1},{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['escaped as a whole', '{\\"a\\":\\"b \\\\\\"c\\\\\\"\\"}', { a: 'b "c"' }],
    ['escaped as HTML', '{&quot;a&quot;:&quot;b&quot;}', { a: 'b' }],
    ['no-break spaces between', '{\u00a0"a":1}', { a: 1 }],
  ])('%s', (_name, text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value, mended: [expect.any(String)] })
  })

  test('what is right is not touched', () => {
    const text = JSON.stringify({ a: ['//x', ',]', '<!-- -->', 'http://a/;'], b: '\\"' })
    expect(parseJson(`\uFEFF${text}`)).toEqual({ ok: true, value: JSON.parse(text), mended: [] })
  })
})

describe('what stays broken says where and why', () => {
  test.each([
    ['{"a":"b"c"}', 'quotation mark', 'line 1, column 9'],
    ['{"a":1,\n"b":tru}', 'a character stands where none may', 'line 2'],
    ['{"a":"cut off', 'ends too early', 'line 1'],
    ["{'a':1}", 'double quotes', 'line 1, column 2'],
    ['', 'is empty', ''],
    ['nothing', 'a character stands where none may', 'line 1'],
  ])('%s', (text, message, where) => {
    expect(parseJson(text)).toEqual({
      ok: false,
      message: expect.stringContaining(message),
      excerpt: expect.stringContaining(where),
    })
  })
})

describe('hostile JSON', () => {
  test('20,000 and 5,000,000 lists inside each other are refused', () => {
    for (const depth of [20_000, 5_000_000]) {
      const text = '['.repeat(depth)
      expect(parseJson(text + ']'.repeat(depth))).toMatchObject({
        ok: false,
        message: expect.stringContaining('nested'),
      })
      expect(parseJson(text)).toMatchObject({ ok: false })
    }
  })

  test('a text over the limit is not parsed', () => {
    expect(parseJson('"aaaa"', 5)).toMatchObject({ ok: false, message: 'is longer than 5 characters' })
    expect(jsonLimits.textMax).toBeGreaterThan(1_000_000)
  })

  test('a prototype is a member like any other', () => {
    const parsed = parseJson('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},}')
    expect(parsed.ok && isObject(parsed.value) && member(parsed.value, 'toString')).toBe(undefined)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBe(undefined)
  })

  test('no text makes it throw; every JSON value is read as it is', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '//',
      '/*',
      '*/',
      '<!--',
      '-->',
      ']]>',
      '1',
      'a',
      ' ',
      '\n',
      '\u0000',
      '&quot;',
      '\\"',
      ';',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        expect(parseJson(parts.join(''))).toHaveProperty('ok')
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text), mended: [] })
      }),
    )
  })

  test('openings without an end cost one pass', () => {
    for (const piece of ['{', ',', '"', '/*', '\\', '[1 ,  ', '<!--', '{"a":1}', ', '])
      expect(parseJson(piece.repeat(1_000_000 / piece.length))).toHaveProperty('ok')
  }, 30_000)
})

test('an excerpt is short and whole on any value', () => {
  expect(excerptOf({ a: ['x', 1, null] })).toBe('{"a": ["x", 1, null]}')
  expect(excerptOf({ a: 'x'.repeat(10_000) }).length).toBeLessThanOrEqual(500)
  let deep: unknown = 1
  for (let depth = 0; depth < 50_000; depth++) deep = [deep]
  expect(excerptOf(deep)).toContain('…')
})

test('a path is written as JSONPath', () => {
  expect(pathTo(pathTo(pathTo('$', '@graph'), 0), 'claimReviewed')).toBe("$['@graph'][0].claimReviewed")
})
