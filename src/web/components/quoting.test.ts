import { expect, test } from 'vitest'
import { findingOf, langOf, shownAddress, webAddressOf } from './quoting.ts'

test('only what can be a language tag becomes a lang attribute', () => {
  expect(langOf('pt-BR')).toBe('pt-BR')
  expect(langOf('english, mostly')).toBeUndefined()
  expect(langOf(null)).toBeUndefined()
})

test('only web addresses become links', () => {
  expect(webAddressOf('https://a.example/b')).toBe('https://a.example/b')
  for (const address of ['javascript:alert(1)', 'data:text/html,x', '//a.example', 'a.example', '', null]) {
    expect(webAddressOf(address)).toBeNull()
  }
})

test('a finding without a subject says what it is about', () => {
  const of = (path: string) => findingOf({ path, message: 'is not a day that exists' })
  expect(of('$.datePublished')).toBe('datePublished is not a day that exists')
  expect(of('$[2].itemReviewed.appearance[0]')).toBe('appearance is not a day that exists')
  expect(of('$')).toBe('The markup is not a day that exists')
  expect(findingOf({ path: '$.url', message: 'url is missing: give one' })).toBe('url is missing: give one')
})

test('an address is shown short, without what says nothing', () => {
  expect(shownAddress('https://www.a.example/')).toBe('a.example')
  expect(shownAddress('https://a.example/b?c=1')).toBe('a.example/b?c=1')
  expect(shownAddress(`https://a.example/${'b'.repeat(99)}`)).toHaveLength(60)
  expect(shownAddress('no address')).toBe('no address')
})
