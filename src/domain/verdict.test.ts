/** What a verdict must hold before a second person looks at it. */
import { expect, test } from 'vitest'
import type { EvidenceId, PersonId } from './ids.ts'
import { authorsOf, emptyDraft, problemsOfVerdict, sizeProblemsOf, type VerdictDraft } from './verdict.ts'

const [one, two, three] = ['e1', 'e2', 'e3'] as [EvidenceId, EvidenceId, EvidenceId]
const held = new Set([one, two])

const whole: VerdictDraft = {
  ...emptyDraft('The bridge fell in 1998', 'en'),
  ratingLabel: 'Wrong',
  ratingValue: 'false',
  summary: 'It stands.',
  answer: [{ text: 'It was photographed today.', evidence: [one] }],
}

test('a whole draft has no problem', () => {
  expect(problemsOfVerdict(whole, held)).toEqual([])
})

test.each<[string, Partial<VerdictDraft>, string]>([
  ['no claim', { claim: ' ' }, 'claim'],
  ['no language', { lang: 'english please' }, 'lang'],
  ['no rating', { ratingValue: null }, 'rating'],
  ['no summary', { summary: '' }, 'summary'],
  ['no answer', { answer: [] }, 'answer'],
  ['a sentence without evidence', { answer: [{ text: 'So.', evidence: [] }] }, 'answer.0'],
  ['evidence that was removed', { answer: [{ text: 'So.', evidence: [three] }] }, 'answer.0'],
  ['not checkable without a reason', { ratingValue: 'not-checkable' }, 'notCheckable'],
  ['a reason without that rating', { notCheckable: 'It is an opinion.' }, 'notCheckable'],
  [
    'two texts in one language',
    { translations: [{ lang: 'en', claim: 'a', summary: 'b', answer: 'c', unknown: null }] },
    'translations.0.lang',
  ],
  [
    'half a translation',
    { translations: [{ lang: 'es', claim: 'a', summary: '', answer: 'c', unknown: null }] },
    'translations.0',
  ],
])('%s is told beside its field', (_name, change, path) => {
  expect(problemsOfVerdict({ ...whole, ...change }, held).map((problem) => problem.path)).toEqual([path])
})

test('what nobody can check is an answer: with its reason, and without evidence', () => {
  const draft = { ...whole, ratingValue: 'not-checkable' as const, notCheckable: 'An opinion.', answer: [] }
  expect(problemsOfVerdict(draft, held)).toEqual([])
})

test('a huge paste is refused by its size', () => {
  expect(sizeProblemsOf({ ...whole, summary: 'a'.repeat(401) }).map(({ path }) => path)).toEqual(['summary'])
  expect(sizeProblemsOf(whole)).toEqual([])
})

test('authors are all who wrote since the last approval, not those before it', () => {
  const version = (number: number, draftedBy: string, approvedBy: string | null = null) => ({
    version: number,
    draftedBy: draftedBy as PersonId,
    approvedBy: approvedBy as PersonId | null,
  })
  expect(authorsOf([version(1, 'ana'), version(2, 'ben')])).toEqual(new Set(['ana', 'ben']))
  expect(authorsOf([version(2, 'ana'), version(1, 'ana', 'ben')])).toEqual(new Set(['ana']))
  expect(authorsOf([version(1, 'ana'), version(2, 'ben', 'cy')])).toEqual(new Set(['ana', 'ben']))
  expect(authorsOf([])).toEqual(new Set())
})
