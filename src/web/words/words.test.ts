import { describe, expect, test } from 'vitest'
import { wordsOf } from './words.ts'

describe('words', () => {
  test('are counted as each language counts', () => {
    const counted = (language: 'en' | 'es' | 'ar' | 'zh-Hant') =>
      [1, 2, 3, 11].map((count) => wordsOf(language).t('publishers.reviews', { count }))
    expect(counted('en')).toEqual(['1 fact-check', '2 fact-checks', '3 fact-checks', '11 fact-checks'])
    expect(counted('es')[0]).toBe('1 verificación')
    expect(counted('ar')).toEqual(['تدقيق واحد', 'تدقيقان', '3 تدقيقات', '11 تدقيقًا'])
    expect(counted('zh-Hant')[1]).toBe('2 篇查核報告')
  })

  test('what is asked in tens is counted so in Arabic', () => {
    const { t } = wordsOf('ar')
    expect([10, 20].map((asks) => t('asked.about', { asks }))).toEqual([
      'سُئل عنها نحو 10 مرات',
      'سُئل عنها نحو 20 مرة',
    ])
  })

  test('dates are days in UTC, and what is no date stays as it was', () => {
    expect(wordsOf('en').date('2024-02-29')).toBe('February 29, 2024')
    expect(wordsOf('es').date('2024-02-29T23:59:59Z')).toBe('29 de febrero de 2024')
    expect(wordsOf('zh-Hant').date('2024-02-29')).toBe('2024年2月29日')
    expect(wordsOf('en').date('some day')).toBe('some day')
  })

  test('a time says its zone', () => {
    expect(wordsOf('en').time('2024-02-29T13:05:00Z')).toMatch(/1:05.PM UTC$/)
  })

  test('an unknown language tag is shown as it is', () => {
    expect(wordsOf('es').languageName('hi')).toBe('hindi')
    expect(wordsOf('es').languageName('not a tag')).toBe('not a tag')
  })

  test('a name of the other direction is kept apart inside a sentence, one of the same is left alone', () => {
    const isolated = (text: string) => /\u2068.*\u2069/.test(text)
    expect(isolated(wordsOf('en').t('match.read', { publisher: 'مرصد' }))).toBe(true)
    expect(isolated(wordsOf('ar').t('match.read', { publisher: 'Plain Desk' }))).toBe(true)
    expect(isolated(wordsOf('en').t('match.read', { publisher: 'Plain Desk' }))).toBe(false)
  })

  test('braces and tags in a name are only letters', () => {
    expect(wordsOf('en').t('match.read', { publisher: '{x} <b>y</b>' })).toBe('Read it at {x} <b>y</b>')
  })
})
