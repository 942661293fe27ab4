import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passageLimits, passagesOf } from './passages.ts'

const claims = [
  'Lemon water with baking soda cures every kind of cancer within two weeks.',
  'The moon landing of 1969 was filmed in a studio in the desert of Nevada.',
  'A shark was seen swimming on a flooded motorway in Houston after the storm.',
  'The government will tax every cow two hundred dollars a year from January.',
]

test('a message of several claims is cut between its sentences', () => {
  const text = claims.join(' ')
  expect(passagesOf(text, [], 7).map(({ start, end }) => text.slice(start, end).trim())).toEqual(claims)
  const chinese =
    '喝檸檬水加小蘇打可以在兩個星期之內治好所有的癌症，醫生都不敢說。政府明年一月起要對每一頭牛徵收兩百元的稅金，農民都要倒閉了。颱風過後有人在高速公路上看到一隻大鯊魚游泳，影片都拍到了。'
  expect(passagesOf(chinese, [], 7)).toHaveLength(3)
})

test('a short message is one thing said', () => {
  expect(passagesOf('Lemon cures cancer. Is that true?', [], 7)).toEqual([])
})

test('passages are few, in order, apart, and start where the first sentence that says something does', () => {
  const sentence = fc.array(fc.constantFrom('lemon', 'water', 'cures', '水', '疫苗', '😀', '1,000'), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 60 }), fc.integer({ min: 2, max: 7 }), (sentences, most) => {
      const text = sentences.map((words) => words.join(' ')).join('. ')
      const passages = passagesOf(text, [], most)
      expect(passages.length).toBeLessThanOrEqual(most)
      expect(passages.length).not.toBe(1)
      let before = 0
      for (const { start, end } of passages) {
        expect(start).toBeGreaterThanOrEqual(before)
        expect(end).toBeGreaterThan(start)
        before = end
      }
    }),
  )
})

test('of a message without end only the beginning is cut', () => {
  const passages = passagesOf(`${claims.join(' ')} `.repeat(400), [], 7)
  expect(passages).toHaveLength(7)
  expect(passages.at(-1)!.end).toBeLessThanOrEqual(passageLimits.readMax)
})
