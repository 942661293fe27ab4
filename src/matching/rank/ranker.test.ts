import { expect, test } from 'vitest'
import weights from '../ranker.json' with { type: 'json' }
import { parseRanker } from './ranker.ts'

test('the shipped weights are read', () => {
  expect(parseRanker(weights).ok).toBe(true)
})

test.each([
  ['no object', null, 'no object'],
  ['of another version', { ...weights, format: 2 }, 'of form 2'],
  ['without ranker', { ...weights, rank: null }, '"rank"'],
  ['for other features', { ...weights, rank: { ...weights.rank, features: ['length'] } }, 'other features'],
  ['without trees', { ...weights, confidence: { ...weights.confidence, trees: [] } }, 'no trees'],
  [
    'with a rule that is not finite',
    {
      ...weights,
      confidence: { ...weights.confidence, rule: { ...weights.confidence.rule, bias: Number.NaN } },
    },
    'finite',
  ],
  [
    'with a threshold that decides nothing',
    { ...weights, thresholds: { answered: 2, related: 0.2 } },
    'between',
  ],
])('weights %s are refused in one line that says what to do', (_, damaged, part) => {
  const parsed = parseRanker(damaged)
  expect(parsed.ok).toBe(false)
  const message = parsed.ok ? '' : parsed.problems[0]!.message
  expect(message).toContain(part)
  expect(message).toContain('npm run train')
  expect(message).not.toContain('\n')
})
