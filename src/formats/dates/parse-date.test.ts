/** Dates as they are written, to days and moments; what cannot be told is said. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthOf } from './months.ts'
import { parseDate } from './parse-date.ts'

describe('a time with a zone is a moment', () => {
  test.each([
    ['2020-03-27T10:46:13+0200', '2020-03-27T08:46:13Z'],
    ['2020-07-06T12:35:18+01:00', '2020-07-06T11:35:18Z'],
    ['2021-06-17T01:49:04+05:30', '2021-06-16T20:19:04Z'],
    ['2023-01-24T13:32:06.838Z', '2023-01-24T13:32:06.838Z'],
    ['2018-03-17T07:02+0100', '2018-03-17T06:02:00Z'],
    ['2022-10-17 15:52:46 UTC', '2022-10-17T15:52:46Z'],
    ['Fri, 27 Mar 2020 10:46:13 +0200', '2020-03-27T08:46:13Z'],
    ['2020-01-01T24:00:00Z', '2020-01-02T00:00:00Z'],
    ['1594000000', '2020-07-06T01:46:40Z'],
    [1594000000000, '2020-07-06T01:46:40Z'],
  ])('%s', (written, value) => {
    expect(parseDate(written)).toEqual({ ok: true, value })
  })
})

describe('without a zone it is the day that was written', () => {
  test.each([
    ['2020-07-05', '2020-07-05'],
    ['2020-06-23 20:02', '2020-06-23'],
    ['2020-08-31 17:22:16', '2020-08-31'],
    ['2020-09-1T21:39', '2020-09-01'],
    ['26 May 2015', '2015-05-26'],
    ['21February 2009', '2009-02-21'],
    ['12 December 2020', '2020-12-12'],
    ['November 03, 2017', '2017-11-03'],
    ['29 octubre 2018', '2018-10-29'],
    ['5 de marzo de 2021', '2021-03-05'],
    ['30 de Dez, 2018 às 10:39 PST', '2018-12-30'],
    ['1er août 2021', '2021-08-01'],
    ['12 października 2021', '2021-10-12'],
    ['12 Ağustos 2021', '2021-08-12'],
    ['7 марта 2021', '2021-03-07'],
    ['5 يناير 2021', '2021-01-05'],
    ['१५ अगस्त २०२०', '2020-08-15'],
    ['٢٠٢١/٣/٤', '2021-03-04'],
    ['2021年3月4日', '2021-03-04'],
    ['22/03/2021 16h45', '2021-03-22'],
    ['Publié le 06/10/18 à 17h13', '2018-10-06'],
    ['3.4.2021', '2021-04-03'],
    ['Oct 29, 2018 3:15 PM PHT', '2018-10-29'],
    ['Updated on:  April 11, 2017 / 7:16 PM', '2017-04-11'],
    ['OCT. 4, 2016', '2016-10-04'],
    ['stated on October 22, 2019 in an Instagram post:', '2019-10-22'],
    ['20210304', '2021-03-04'],
  ])('%s', (written, value) => {
    expect(parseDate(written)).toEqual({ ok: true, value })
  })

  test('the language tells day from month where the numbers do not', () => {
    expect(parseDate('03/04/2021', { lang: 'pt-BR' })).toEqual({ ok: true, value: '2021-04-03' })
    expect(parseDate('03/04/2021')).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('which number') }],
    })
    expect(parseDate('03/04/2021', { lang: 'en' }).ok).toBe(false)
  })
})

test.each([
  '2021-02-30',
  '2020-13-01',
  '0000-00-00',
  '29 Feb 2021',
  '2020-01-01T25:00:00Z',
  '2020-01-01T10:00:00+99:00',
  'Jul',
  '2020',
  '2020-05',
  '',
  '-1',
  'soon',
  '1 Smarch 2020',
])('%s is refused', (written) => {
  expect(parseDate(written)).toMatchObject({ ok: false, problems: [{ message: expect.any(String) }] })
})

test('a number that is no moment is refused', () => {
  for (const number of [Number.POSITIVE_INFINITY, Number.NaN, -5, 0, 1e300])
    expect(parseDate(number).ok).toBe(false)
})

test('what it reads is a date that exists', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/.: TZ+-]{0,30}$/)), (text) => {
      const date = parseDate(text)
      if (date.ok) expect(Number.isNaN(Date.parse(date.value))).toBe(false)
    }),
    { numRuns: 2_000 },
  )
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
      (date) => {
        expect(parseDate(date.toISOString())).toEqual({
          ok: true,
          value: date.toISOString().replace('.000Z', 'Z'),
        })
      },
    ),
  )
})

test('one month name means one month, in every language that has it', () => {
  expect(['may', 'mai', 'maj', 'мая', 'मई'].map(monthOf)).toEqual([5, 5, 5, 5, 5])
  expect(['listopada', 'listopadu', 'août', 'Şubat', 'أغسطس', 'nothing'].map(monthOf)).toEqual([
    11,
    11,
    8,
    2,
    8,
    null,
  ])
})
