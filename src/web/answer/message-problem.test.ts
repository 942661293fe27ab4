import { expect, test } from 'vitest'
import { messageLimits } from '#domain/message.ts'
import { isOnlyLink, problemOfMessage } from './message-problem.ts'

test.each([
  ['', 'empty'],
  [' \r\n\t\u00a0', 'empty'],
  ['\u200b\u2066\u2069\ufeff\0', 'empty'],
  ['🤔🔥 !!! …', 'no-words'],
  ['٣', null],
  ['真的', null],
  ['https://x.example', null],
  ['x'.repeat(messageLimits.textMax), null],
  ['x'.repeat(messageLimits.textMax + 1), 'too-long'],
])('%j is told to be %s', (text, problem) => {
  expect(problemOfMessage(text)).toBe(problem)
})

test('only an address alone counts as only a link', () => {
  expect(isOnlyLink(' https://x.example/a?b ')).toBe(true)
  expect(isOnlyLink('www.x.example')).toBe(true)
  expect(isOnlyLink('look: https://x.example')).toBe(false)
  expect(isOnlyLink('https://x.example look')).toBe(false)
})
