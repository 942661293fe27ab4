import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { blockBytes, formatTarHeader, paddingOf, parseTarHeader, tarEnd } from './tar.ts'

describe('an archive', () => {
  test('is listed and read by the tar of the system', () => {
    const text = new TextEncoder().encode('one\n')
    const archive = Buffer.concat([
      formatTarHeader({ name: 'folder/one.txt', size: text.length }),
      text,
      new Uint8Array(paddingOf(text.length)),
      tarEnd,
    ])
    expect(execFileSync('tar', ['-tf', '-'], { input: archive }).toString()).toBe('folder/one.txt\n')
    expect(execFileSync('tar', ['-xOf', '-'], { input: archive }).toString()).toBe('one\n')
  })

  test('has headers that are read as they were written, and one flipped bit anywhere is noticed', () => {
    const header = { name: 'database/claim_reviews/000001.jsonl.gz', size: 123_456 }
    const block = formatTarHeader(header)
    expect(parseTarHeader(block)).toEqual({ ok: true, value: header })
    for (let at = 0; at < blockBytes; at++) {
      const flipped = block.slice()
      flipped[at]! ^= 1 << (at % 8)
      const parsed = parseTarHeader(flipped)
      expect(parsed.ok).toBe(false)
    }
  })

  test('takes no name that would be cut', () => {
    expect(() => formatTarHeader({ name: 'x'.repeat(101), size: 1 })).toThrow(RangeError)
  })
})
