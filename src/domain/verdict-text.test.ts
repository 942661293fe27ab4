/** How the answer of a verdict is typed. */
import { expect, test } from 'vitest'
import type { EvidenceId } from './ids.ts'
import { formatAnswer, parseAnswer } from './verdict-text.ts'

const [one, two] = ['e1', 'e2'] as [EvidenceId, EvidenceId]

test.each<[string, { text: string; evidence: EvidenceId[] }[]]>([
  ['It stands. [1][2]', [{ text: 'It stands.', evidence: [one, two] }]],
  [
    'It stands [1]. It is old [2].',
    [
      { text: 'It stands.', evidence: [one] },
      { text: 'It is old.', evidence: [two] },
    ],
  ],
  [
    'It stands.\n\nIt is old. [2]',
    [
      { text: 'It stands.', evidence: [] },
      { text: 'It is old.', evidence: [two] },
    ],
  ],
  ['وقف الجسر [1]؟', [{ text: 'وقف الجسر؟', evidence: [one] }]],
  ['Nothing has this number [9].', [{ text: 'Nothing has this number. [9]', evidence: [] }]],
  ['[1]', []],
])('%j is read as sentences with their evidence', (text, sentences) => {
  expect(parseAnswer(text, [one, two])).toEqual(sentences)
})

test('an answer that is shown to be edited and saved again stays as it was', () => {
  const answer = [
    { text: 'It stands.', evidence: [two, one] },
    { text: 'Nobody asked.', evidence: [] },
  ]
  expect(parseAnswer(formatAnswer(answer, [one, two]), [one, two])).toEqual(answer)
})
