import { expect, test } from 'vitest'
import type { DraftFields } from './draft-form.ts'
import { marksOf, mergeDrafts, parseMarks } from './merge-draft.ts'

const began: DraftFields = {
  claim: 'The bridge is closed',
  lang: 'en',
  rating: 'Wrong',
  notCheckable: '',
  summary: 'It is open.',
  answer: 'Cars cross it. [1]',
  unknown: '',
  appearances: '',
  claimedOn: '',
  translations: [
    { lang: 'es', claim: 'El puente está cerrado', summary: 'Abierto.', answer: '', unknown: '' },
  ],
}
const marks = marksOf(began)

test('what only one of two changed is that one’s, and nothing is asked', () => {
  const mine = { ...began, summary: 'It is open to all.' }
  const theirs = { ...began, answer: 'Cars cross it. [1] So do lorries. [2]' }
  const { fields, ...rest } = mergeDrafts(marks, mine, theirs)
  expect(fields).toEqual({ ...mine, answer: theirs.answer })
  expect(rest).toEqual({ theirs: {}, taken: ['answer'] })
})

test('where both changed a text, mine stays in its field and theirs is shown', () => {
  const mine = { ...began, summary: 'Open.' }
  const theirs = { ...began, summary: 'Open, to cars.' }
  expect(mergeDrafts(marks, mine, theirs)).toEqual({
    fields: mine,
    theirs: { summary: 'Open, to cars.' },
    taken: [],
  })
})

test('translations are put together text by text', () => {
  const [spanish] = began.translations
  const arabic = { lang: 'ar', claim: 'الجسر مغلق', summary: 'مفتوح.', answer: '', unknown: '' }
  const mine = { ...began, translations: [{ ...spanish!, summary: 'Está abierto.' }] }
  const theirs = { ...began, translations: [{ ...spanish!, answer: 'Pasan coches. [1]' }, arabic] }
  const { fields, ...rest } = mergeDrafts(marks, mine, theirs)
  expect(fields.translations).toEqual([
    { ...spanish!, summary: 'Está abierto.', answer: 'Pasan coches. [1]' },
    arabic,
  ])
  expect(rest).toEqual({ theirs: {}, taken: ['es answer', 'ar claim', 'ar summary'] })
})

test('without marks that can be read, all that differs is shown and nothing is taken', () => {
  const theirs = { ...began, summary: 'Closed.' }
  for (const text of ['', 'null', '[1]', '{"summary":1}']) {
    const { taken, theirs: shown } = mergeDrafts(parseMarks(text), began, theirs)
    expect([taken, shown]).toEqual([[], { summary: 'Closed.' }])
  }
})

test('two texts in one language are both kept', () => {
  const twice = {
    ...began,
    translations: [began.translations[0]!, { ...began.translations[0]!, claim: 'Otra' }],
  }
  expect(mergeDrafts(marks, twice, began).fields.translations).toEqual(twice.translations)
})
