import { expect, test } from 'vitest'
import { termFlags } from '../candidates.ts'
import { queryLimits } from './query.ts'
import { createIndex } from './review-index.ts'

function indexOf(...claims: string[]) {
  const index = createIndex()
  for (const [at, claim] of claims.entries()) {
    const others = { title: null, summary: null, body: null, lang: null, links: [], reviewedAt: null }
    index.upsert(`${at}`, { claim, ...others })
  }
  return index
}

const ask = (text: string) => ({ text, links: [], lang: null })

test('a German compound that no review has finds the reviews that have its halves', () => {
  const index = indexOf(
    'Die Hersteller haften nicht für Schäden durch den Impfstoff',
    'Der Wald brennt seit gestern in Spanien',
    'Ein Kind ist gestern in der Schule gestürzt',
  )
  const text = 'Wer bezahlt eigentlich die Impfstoffhersteller, wenn etwas passiert?'
  const query = index.queries(ask(text))[0]!
  const halves = Array.from({ length: query.count }, (_, at) => at).filter(
    (at) => (query.flags[at]! & termFlags.PART) !== 0,
  )
  expect(halves.map((at) => text.slice(query.starts[at], query.ends[at]))).toEqual([
    'Impfstoff',
    'hersteller',
  ])
  expect(halves.every((at) => query.terms[at]! >= 0)).toBe(true)
  const found = index.candidates(query, 5)
  expect(Array.from(found.docs, (doc) => index.documents.id(doc))).toContain('0')
})

test('an English word in a message of another language finds the review in English', () => {
  const index = indexOf(
    'The government vaccinated every child with microchips',
    'Un árbol cayó ayer en la plaza',
  )
  const text =
    'Dicen que las vacunas traen microchips y que el gobierno los está vaccinating a todos, qué miedo'
  const query = index.queries(ask(text))[0]!
  expect(query.lang).toBe('es')
  expect(Array.from(index.candidates(query, 5).docs, (doc) => index.documents.id(doc))).toContain('0')
  const known = Array.from(query.terms, (term, at) =>
    term >= 0 ? text.slice(query.starts[at], query.ends[at]) : '',
  )
  expect(known).toContain('vaccinating')
  expect([...query.starts]).toEqual([...query.starts].sort((a, b) => a - b))
})

test('forwarding marks and greetings are not asked about, unless there is nothing else', () => {
  const index = indexOf('Lemon cures cancer')
  const words = (text: string) => {
    const query = index.queries(ask(text))[0]!
    return Array.from(query.terms, (_, at) => text.slice(query.starts[at], query.ends[at]))
  }
  expect(words('Forwarded many times\nLemon cures cancer. Please share with everyone!')).toEqual([
    'Lemon',
    'cures',
    'cancer',
  ])
  expect(words('please share')).toEqual(['please', 'share'])
})

test('the whole of a long message is asked first, then no more than a few parts, each standing in it', () => {
  const index = indexOf('Lemon cures cancer')
  const text = 'The lemon is a fruit that cures every cancer in two weeks. '.repeat(50)
  const [whole, ...parts] = index.queries(ask(text))
  expect(whole!.text).toBe(text)
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.length).toBeLessThan(queryLimits.partsMax)
  for (const part of parts) {
    expect(text).toContain(part.text)
    for (let at = 0; at < part.count; at++) expect(part.ends[at]).toBeLessThanOrEqual(part.text.length)
  }
})

test('the day under a quoted post is known beside its text', () => {
  const query = indexOf('Lemon cures cancer').queries(ask('Lemon! — A Name (@name) May 4, 2020'))[0]!
  expect(query.day).toBe(Date.UTC(2020, 4, 4) / 86_400_000)
})

test('a link given beside the text finds the review that answers the page', () => {
  const index = createIndex()
  const others = { title: null, summary: null, body: null, lang: null, reviewedAt: null }
  index.upsert('a', { claim: 'Lemon cures cancer', links: ['https://example.org/lemon'], ...others })
  index.upsert('b', { claim: 'Bleach cures cancer', links: [], ...others })
  const links = ['http://www.example.org/lemon/?utm_source=x']
  const query = index.queries({ text: 'is this true?', links, lang: null })[0]!
  expect(query.links).toEqual(['https://example.org/lemon'])
  expect(Array.from(index.candidates(query, 5).docs, (doc) => index.documents.id(doc))).toEqual(['a'])
})
