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

const spanish = {
  lang: 'es',
  claim: 'El puente se cayó en 1998',
  summary: 'Sigue en pie.',
  answer: [{ text: 'Fue fotografiado hoy.', evidence: [one] }],
  unknown: null,
}

test('a whole draft has no problem', () => {
  expect(problemsOfVerdict(whole, held)).toEqual([])
  expect(problemsOfVerdict({ ...whole, translations: [spanish] }, held)).toEqual([])
})

test('a translation stands on the evidence of the original, sentence by sentence', () => {
  const answer = [{ text: 'Fue fotografiado hoy.', evidence: [] }]
  const paths = problemsOfVerdict({ ...whole, translations: [{ ...spanish, answer }] }, held).map(
    ({ path }) => path,
  )
  expect(paths).toEqual(['translations.0.answer.0', 'translations.0.cited'])
  const cut = [
    { text: 'Fue fotografiado', evidence: [one] },
    { text: 'hoy.', evidence: [one] },
  ]
  expect(problemsOfVerdict({ ...whole, translations: [{ ...spanish, answer: cut }] }, held)).toEqual([])
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
  ['two texts in one language', { translations: [{ ...spanish, lang: 'en' }] }, 'translations.0.lang'],
  ['half a translation', { translations: [{ ...spanish, summary: '' }] }, 'translations.0'],
  [
    'a translation that cites something else as well',
    { translations: [{ ...spanish, answer: [{ text: 'Sigue en pie.', evidence: [one, two] }] }] },
    'translations.0.cited',
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
