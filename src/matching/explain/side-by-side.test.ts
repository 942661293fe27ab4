import { describe, expect, test } from 'vitest'
import { createIndex } from '../index/review-index.ts'
import { conflictsOf } from './conflicts.ts'
import { messageSequence, readMatch } from './reading.ts'

/** What a message says otherwise than the one review there is. */
function conflicts(message: string, claim: string, lang = 'en') {
  const index = createIndex()
  index.upsert('1', { claim, title: null, summary: null, body: null, lang, links: [], reviewedAt: null })
  const [query] = index.queries({ text: message, links: [], lang })
  const { documents } = index
  const document = documents.newTerms()
  const [doc] = index.candidates(query!, 1).docs
  documents.readTerms(doc!, document)
  return conflictsOf(readMatch(query!, messageSequence(query!), documents, doc!, document))
}

describe('a claim over again but for a "not"', () => {
  test.each([
    [
      'en',
      'The drinking age in Norland is not being raised to 25.',
      'The drinking age in Norland is being raised to 25.',
      'not',
    ],
    [
      'en',
      'A man carried his horse for miles after it was bitten by a snake',
      'A man carried his horse for miles after it was never bitten by a snake',
      'never',
    ],
    [
      'es',
      'La nueva ley no permite a la policía entrar sin orden en las casas',
      'La nueva ley permite a la policía entrar sin orden en las casas',
      'no',
    ],
    [
      'de',
      'Der Impfstoff ist nicht in allen Apotheken der Stadt erhältlich',
      'Der Impfstoff ist in allen Apotheken der Stadt erhältlich',
      'nicht',
    ],
    [
      'ru',
      'В школах города не запретили телефоны на уроках',
      'В школах города запретили телефоны на уроках',
      'не',
    ],
  ])('%s: %s', (lang, message, claim, not) => {
    expect(conflicts(message, claim, lang).negation).toEqual([not])
    expect(conflicts(claim, claim, lang).negation).toEqual([])
  })

  test('of two that both deny, but not the same, the one denial more is said', () => {
    const claim = 'The mills do not sweat and are therefore more likely to hold parasites'
    expect(conflicts(claim.replace('are', 'are not'), claim).negation).toEqual(['not'])
  })
})

describe('a claim over again with a name in the place of another', () => {
  test.each([
    [
      'the last word',
      'The professor is the nephew of Jeffrey Blackwood',
      'The professor is the nephew of Jeffrey Eppson',
      ['Blackwood', 'Eppson'],
    ],
    [
      'part of a longer name',
      'Rep. Walter Omari said residents can vote without papers',
      'Rep. Ilse Omari said residents can vote without papers',
      ['Walter', 'Ilse'],
    ],
    [
      'in small letters',
      'lawmakers in hilldale have proposed a new law on oxygen',
      'Lawmakers in Norland have proposed a new law on oxygen',
      ['hilldale', 'Norland'],
    ],
    [
      'in a headline',
      'Man From Hilldale Swallows Whole Lamp On A Bet',
      'Man From Norland Swallows Whole Lamp On A Bet',
      ['Hilldale', 'Norland'],
    ],
  ])('%s', (_where, message, claim, names) => {
    expect(conflicts(message, claim).names).toEqual(names)
  })
})

describe('no conflict', () => {
  test.each([
    [
      'a plain word for another: it may mean the same',
      'He was evicted for keeping a tiny therapy dog in Norland',
      'He was evicted for keeping a small therapy dog in Norland',
    ],
    [
      'a name spelled otherwise',
      'Lawmakers in Nurland have proposed a new law on oxygen',
      'Lawmakers in Norland have proposed a new law on oxygen',
    ],
    [
      'words of its own around the claim',
      'Never! My aunt Berta writes: lawmakers in Norland have proposed a new law on oxygen. What next, Petra?',
      'Lawmakers in Norland have proposed a new law on oxygen',
    ],
    [
      'another text that shares a name',
      'Norland never had a better week: Hilldale won the cup',
      'Lawmakers in Norland have proposed a new law on oxygen',
    ],
  ])('%s', (_what, message, claim) => {
    expect(conflicts(message, claim)).toEqual({ negation: [], numbers: [], names: [] })
  })
})
