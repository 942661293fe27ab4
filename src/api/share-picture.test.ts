import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { OwnReview } from '#io/database/publications/own-reviews.ts'
import { drawSharePicture } from './share-picture.ts'

let drawn = 0

function reviewOf(
  claim: string,
  { words = 'False', name = 'North Desk', isWithdrawn = false } = {},
): OwnReview {
  return {
    id: String(++drawn),
    publications: [{ version: 1 }],
    withdrawal: isWithdrawn ? { reason: 'It was another school.' } : null,
    document: { claim, rating: { words, value: 'false' }, organisation: { name } },
  } as unknown as OwnReview
}

async function regionOf(review: OwnReview, left: number, top: number, width: number, height: number) {
  const png = await drawSharePicture(review)
  return sharp(png).extract({ left, top, width, height }).removeAlpha().raw().toBuffer()
}

const isOneColour = (pixels: Buffer) => pixels.equals(Buffer.alloc(pixels.length, pixels.subarray(0, 3)))

test.each([
  ['wide capitals', 'WOMEN WHO WORK WITH MAMMOTH WAX MAKE MONEY WHILE MOWING MEADOWS WITHOUT WARNING'],
  ['an address', `https://social.example/${'a-very-long-name/'.repeat(8)}`],
  [
    'Chinese',
    '鄰省衛生部在三月十二日的一封信中承認，有超過一萬四千名接種疫苗的兒童在兩週內住院，並要求各家報紙在選舉結束之前不得報導此事。',
  ],
  [
    'Arabic',
    'اعترفت وزارة الصحة في المحافظة المجاورة في رسالة بتاريخ 12 مارس بأن أكثر من 14,000 طفل أُدخلوا المستشفى خلال أسبوعين.',
  ],
])('a share picture of %s keeps its edges free', async (_what, claim) => {
  const words = 'Half of it happened, in another year, elsewhere, and to others than those who are named'
  const review = reviewOf(claim, {
    words,
    name: `The Association ${'of Independent Fact-Checkers '.repeat(4)}`,
  })
  for (const left of [0, 1_160])
    for (const [top, height] of [
      [0, 440],
      [460, 170],
    ] as const)
      expect(isOneColour(await regionOf(review, left, top, 40, height)), `${left}, ${top}`).toBe(true)
})

test('of a withdrawn review the claim stands and the finding is struck out', async () => {
  const claim = 'The school moves to another town.'
  const [standing, withdrawn] = [reviewOf(claim), reviewOf(claim, { isWithdrawn: true })]
  const claimIn = (review: OwnReview) => regionOf(review, 0, 0, 1_200, 440)
  expect((await claimIn(standing)).equals(await claimIn(withdrawn))).toBe(true)
  const lineIn = (review: OwnReview) => regionOf(review, 72, 490, 150, 50)
  const whites = (pixels: Buffer) => pixels.filter((value) => value === 255).length
  expect(whites(await lineIn(withdrawn))).toBeGreaterThan(whites(await lineIn(standing)))
  expect([...(await regionOf(withdrawn, 10, 500, 1, 1))]).toEqual([0x5e, 0x5a, 0x52])
})
