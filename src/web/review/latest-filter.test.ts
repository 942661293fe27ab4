import { describe, expect, test } from 'vitest'
import { parseLatestFilter } from './latest-filter.ts'

const parse = (query: string) => parseLatestFilter(new URLSearchParams(query))

describe('the filters of the latest reviews', () => {
  test('none given narrows nothing', () => {
    const { filter, unclear } = parse('lang=es&utm_source=x')
    expect(Object.values(filter).filter((value) => value !== undefined)).toEqual([])
    expect(unclear).toEqual([])
  })

  test('an end includes its day', () => {
    const { filter } = parse('from=2024-02-28&to=2024-02-29')
    expect(filter.from).toEqual(new Date('2024-02-28T00:00:00Z'))
    expect(filter.to).toEqual(new Date('2024-03-01T00:00:00Z'))
  })

  test('a publisher is a host, an address pasted whole, or an id', () => {
    expect(parse('publisher=a.example').filter.site).toBe('a.example')
    expect(parse('publisher=https://www.a.example/about?x').filter.site).toBe('www.a.example')
    expect(parse('publisher=01h00000000000000000000000').filter.publisherId).toBe(
      '01h00000000000000000000000',
    )
  })

  test.each([
    ['from=2024-02-31', 'from'],
    ['to=tomorrow', 'to'],
    ['rating=purple', 'rating'],
    ['language=*', 'language'],
    ['words=%F0%9F%A4%94', 'words'],
    ['words=a%00b', 'words'],
    ['publisher=a%20b', 'publisher'],
    [`words=${'a'.repeat(301)}`, 'words'],
  ])('%s is not understood, named, and kept for the form', (query, field) => {
    const { unclear, given, filter } = parse(query)
    expect(unclear).toEqual([field])
    expect(given[field as keyof typeof given]).not.toBe('')
    expect(Object.values(filter).filter((value) => value !== undefined)).toEqual([])
  })
})
