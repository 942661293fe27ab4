import { describe, expect, test } from 'vitest'
import { Analyser } from './analyse.ts'
import { findSignedDay } from './dates.ts'
import { Terms } from './terms.ts'

function numbersIn(text: string, lang: string | null = 'en'): string[] {
  const terms = new Terms()
  new Analyser().analyse(text, lang, terms)
  return terms.numbers.filter((value) => value !== null)
}

describe('a number', () => {
  test.each([
    ['1,000.5', '1000.5'],
    ['1.000,5', '1000.5'],
    ['1 000,5', '1000.5'],
    ["1'000", '1000'],
    ['1,00,000', '100000'],
    ['٥٠٠', '500'],
    ['५००', '500'],
    ['๕๐๐', '500'],
    ['５００', '500'],
    ['500', '500'],
    ['5 million', '5000000'],
    ['5m people', '5000000'],
    ['$2.5bn', '2500000000'],
    ['5 Millionen', '5000000'],
    ['5 millones', '5000000'],
    ['5 milhões', '5000000'],
    ['5 मिलियन', '5000000'],
    ['50 लाख', '5000000'],
    ['٥ ملايين', '5000000'],
    ['5 млн', '5000000'],
    ['500万', '5000000'],
    ['500萬人', '5000000'],
    ['3億5000萬', '350000000'],
    ['1.5亿', '150000000'],
    ['五百万', '5000000'],
    ['兩千', '2000'],
    ['50%', '50%'],
    ['50 %', '50%'],
    ['50 percent', '50%'],
    ['50 por ciento', '50%'],
    ['٥٠٪', '50%'],
    ['百分之五十', '50%'],
    ['007', '7'],
    ['2.50', '2.5'],
  ])('%s is %s', (written, value) => {
    expect(numbersIn(written)).toEqual([value])
  })

  test('is not read into words that only look like one', () => {
    expect(numbersIn('十分 千万 一个 百分 三', 'zh')).toEqual([])
  })
})

describe('a date', () => {
  test.each([
    ['2020-02-14', 'en'],
    ['14/02/2020', 'en'],
    ['02/14/2020', 'en'],
    ['14.2.2020', 'de'],
    ['14.02.20', 'de'],
    ['2020年2月14日', 'zh'],
    ['١٤/٠٢/٢٠٢٠', 'ar'],
    ['१४-०२-२०२०', 'hi'],
    ['February 14, 2020', 'en'],
    ['Feb. 14th, 2020', 'en'],
    ['14 de febrero de 2020', 'es'],
    ['14. Februar 2020', 'de'],
    ['14 février 2020', 'fr'],
    ['14 de fevereiro de 2020', 'pt'],
    ['14 فبراير 2020', 'ar'],
    ['14 февраля 2020', 'ru'],
  ])('%s is one day in every style', (written, lang) => {
    expect(numbersIn(written, lang)).toContain('2020-02-14')
    expect(numbersIn(written, lang)).toContain('2020')
  })

  test('whose day and month may be either is both, the likelier first', () => {
    expect(numbersIn('3/4/2021', 'en').slice(0, 2)).toEqual(['2021-03-04', '2021-04-03'])
    expect(numbersIn('3/4/2021', 'es')).toEqual(['2021-04-03', '2021'])
  })

  test.each(['192.168.1.1', '1.2.3', '24/7', '99/99/2020', '2020-2021'])('is not %s', (written) => {
    expect(numbersIn(written).filter((value) => value.includes('-'))).toEqual([])
  })

  test('after the name under a quoted post says when it was written', () => {
    const day = Date.UTC(2020, 4, 4) / 86_400_000
    expect(findSignedDay('The moon is cheese. — A Name (@a_name) May 4, 2020')).toBe(day)
    expect(findSignedDay('La luna. — Nombre (@nombre) 4 de mayo de 2020')).toBe(day)
    expect(findSignedDay('It happened on May 4, 2020')).toBeNull()
    expect(findSignedDay('— (@a) '.repeat(1_000))).toBeNull()
  })
})
