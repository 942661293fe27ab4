import { describe, expect, test } from 'vitest'
import { findTotpStep, formatBase32, formatOtpauth, hotp, totpStepAt } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('the vectors of RFC 6238, appendix B, and RFC 4226, appendix D', () => {
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i seconds', (seconds, code) => {
    expect(hotp(secret, totpStepAt(new Date(seconds * 1000)), 8)).toBe(code)
  })

  test.each([
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ])('%s', (code) => {
    const all = Array.from({ length: 10 }, (_, step) => hotp(secret, step))
    expect(all).toContain(code)
  })
})

describe('a code', () => {
  const now = new Date('2026-03-01T10:00:15Z')
  const step = totpStepAt(now)

  test('is good in its own half minute and the one before and after it, and in no other', () => {
    const found = [-2, -1, 0, 1, 2].map((drift) => findTotpStep(secret, hotp(secret, step + drift), now))
    expect(found).toEqual([null, step - 1, step, step + 1, null])
  })

  test('may be typed with spaces', () => {
    const code = hotp(secret, step)
    expect(findTotpStep(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, now)).toBe(step)
  })

  test.each(['', '0', '1234567', 'abcdef', '１２３４５６'])('%j is none', (typed) => {
    expect(findTotpStep(secret, typed, now)).toBeNull()
  })
})

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %j as in RFC 4648, 10', (text, encoded) => {
  expect(formatBase32(Buffer.from(text))).toBe(encoded)
})

test('the address for an app escapes names', () => {
  expect(formatOtpauth({ secret, issuer: 'North & South', account: 'lea@north.example' })).toBe(
    'otpauth://totp/North%20%26%20South:lea%40north.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=North%20%26%20South',
  )
})
