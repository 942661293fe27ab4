import { expect, test } from 'vitest'
import { formatCsv } from './format-csv.ts'

test.each(["=cmd|' /C calc'!A0", '\t=1', '＝1+1', '+1', '-1', '@SUM(A1)', '  =1', '\r=1'])(
  'no spreadsheet executes %j',
  (text) => {
    expect(formatCsv([[text]])).toMatch(/^"?'/)
  },
)

test('numbers stay numbers, and texts with commas, quotes and lines stay one cell', () => {
  expect(
    formatCsv([
      ['a', -1.5, null],
      ['b,c', 'say "x"', 'two\nlines'],
    ]),
  ).toBe('a,-1.5,\r\n"b,c","say ""x""","two\nlines"\r\n')
})
