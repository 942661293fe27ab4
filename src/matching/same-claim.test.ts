import { expect, test } from 'vitest'
import { sameClaim } from './same-claim.ts'

test.each([
  ['Goldfish have a memory of only three seconds.', 'A goldfish has a memory of only three seconds'],
  ['The Great Wall of China is visible from the Moon', 'Visible from the moon: the great wall of China!'],
  ['Vaccines cause autism in children', 'Vaccine causes autism in children'],
  ['Drinking hot water with lemon cures colds', 'Drinking hot water with a little lemon cures colds quickly'],
  ['Los murciélagos son ciegos', 'los murcielagos son ciegos.'],
  ['蝦子和維他命C一起吃會變成砒霜', '蝦子和維他命C一起吃會變成砒霜！'],
])('"%s" and "%s" are one claim', (one, other) => {
  expect(sameClaim(one, other)).toBe(true)
  expect(sameClaim(other, one)).toBe(true)
})

test.each([
  ['Vaccines cause autism', 'Vaccines do not cause autism'],
  ['The tax rises by 10% in Spain', 'The tax rises by 20% in Spain'],
  ['Spain bans the burqa in schools', 'France bans the burqa in schools'],
  ['France beat Spain in the final', 'Spain beat France in the final'],
  ['Eating garlic every morning cures cancer', 'Eating garlic every morning causes cancer'],
  ['The Pope endorses the president of Brazil', 'The Pope refuses to endorse the president of Brazil'],
  ['喝牛奶會致癌', '喝牛奶不會致癌'],
  ['A shark swims in the street', 'A shark swims in the street of Houston in Texas'],
])('"%s" and "%s" are two', (one, other) => {
  expect(sameClaim(one, other)).toBe(false)
  expect(sameClaim(other, one)).toBe(false)
})
