import { describe, expect, test } from 'vitest'
import { findLanguage, negotiateLanguage, ownNameOf } from './languages.ts'

describe('the language of a reader', () => {
  test.each([
    [null, 'en'],
    ['', 'en'],
    ['es', 'es'],
    ['es-AR, en;q=0.8', 'es'],
    ['en;q=0.5, ar;q=0.9', 'ar'],
    ['AR-eg', 'ar'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hans-CN', 'zh-Hant'],
    ['fr, de;q=0.9, es;q=0.1', 'es'],
    ['es;q=0, en', 'en'],
    ['es; q=0.3 , ar ; q=0.4', 'ar'],
    ['est', 'en'],
    ['*', 'en'],
    ['es;q=high', 'es'],
    [',;,;q=,', 'en'],
  ])('for %j is %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language)
  })

  test('of two that are wanted alike the first is taken', () => {
    expect(negotiateLanguage('ar, es')).toBe('ar')
  })

  test('a long header takes no time', () => {
    expect(negotiateLanguage(`${'x;q=0.1,'.repeat(10_000)}es`)).toBe('es')
  })

  test('in an address is one of ours, exactly', () => {
    expect(findLanguage('zh-hant')).toBe('zh-Hant')
    expect(findLanguage('zh')).toBeNull()
    expect(findLanguage('__proto__')).toBeNull()
    expect(findLanguage(null)).toBeNull()
  })
})

test.each([
  ['ar', 'العربية'],
  ['zh-Hant', '繁體中文'],
  ['pt-BR', 'Português (Brasil)'],
  ['ru', 'Русский'],
  ['tlh-x-own', 'tlh-x-own'],
  ['not a tag', 'not a tag'],
])('%s calls itself %s', (tag, name) => {
  expect(ownNameOf(tag)).toBe(name)
})
