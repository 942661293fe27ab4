/** Reviews for the page tests: timeless myths of made-up publishers, in several languages, and the awkward cases. */
import type { ReviewRecord } from '#domain/claim-review.ts'
import type { RatingValue } from '#domain/rating.ts'

type Given = Partial<Omit<ReviewRecord, 'publisher' | 'rating'>> & {
  publisher: [site: string | null, name: string]
  claim: string
  rating: [words: string | null, value: RatingValue | null]
}

function record({ publisher: [site, name], rating: [words, value], ...rest }: Given): ReviewRecord {
  const slug = encodeURIComponent(rest.claim.slice(0, 40).replaceAll(' ', '-'))
  return {
    publisher: { site, name },
    url: site === null ? null : `https://${site}/checks/${slug}`,
    sourceId: site === null ? slug : null,
    title: null,
    summary: null,
    body: null,
    rating: { words, value, scale: null },
    ratingExplanation: null,
    lang: 'en',
    reviewedAt: '2021-05-04',
    claimedAt: null,
    appearances: [],
    claimant: null,
    ...rest,
  }
}

const plainDesk: [string, string] = ['plaindesk.example', 'The Plain Desk']
const orbit: [string, string] = ['orbitcheck.example', 'Orbit Check']
const lupa: [string, string] = ['lupaclara.example', 'Lupa Clara']
const mirsad: [string, string] = ['mirsad.example', 'مرصد الحقيقة']
const zhen: [string, string] = ['zhencha.example', '真查中心']
const village: [string | null, string] = [null, 'Village Newsletter']

const wall = 'The Great Wall of China can be seen from the Moon with the naked eye'
export const wallMessage = `Forwarded many times\nDid you know? ${wall}!!! Share with your friends`

/** Plainly marked as samples. */
export const sampleRecords: ReviewRecord[] = [
  record({
    publisher: plainDesk,
    claim: wall,
    rating: ['Nope', 'false'],
    title: 'No, astronauts on the Moon cannot see the Great Wall',
    summary:
      'From the Moon the whole Earth is a small disc. The wall is long but only a few metres wide, far too narrow.',
    ratingExplanation:
      'Several astronauts who were there have said that they saw no work of human hands. The arithmetic agrees: it would be like seeing a hair from three kilometres away.',
    claimedAt: '1938-01-01',
    claimant: 'A school book of 1938',
    appearances: ['https://books.example/second-book-of-marvels', 'https://video.example/watch?v=wall'],
    reviewedAt: '2021-05-04',
  }),
  record({
    publisher: orbit,
    claim: `${wall}.`,
    rating: ['Partly right', 'mixed'],
    title: 'The Great Wall from space: it depends what “space” means',
    summary:
      'From low orbit it has been photographed with a long lens. From the Moon nothing of the kind is possible.',
    reviewedAt: '2022-11-19',
  }),
  record({
    publisher: plainDesk,
    claim: 'Bats are blind',
    rating: ['False', 'false'],
    summary: 'All bats can see. Some see better than people do in the dark.',
    reviewedAt: '2020-10-31',
  }),
  record({
    publisher: orbit,
    claim: 'Lightning never strikes the same place twice',
    rating: ['Wrong, and dangerous', 'false'],
    summary: 'Tall buildings are struck dozens of times a year.',
    reviewedAt: '2019-08-02',
  }),
  record({
    publisher: lupa,
    claim: 'Los toros se enfurecen al ver el color rojo',
    rating: ['Falso', 'false'],
    lang: 'es',
    summary: 'Los toros distinguen mal el rojo. Lo que los provoca es el movimiento de la tela.',
    reviewedAt: '2020-07-07',
  }),
  record({
    publisher: mirsad,
    claim: 'النعامة تدفن رأسها في الرمال عند الخطر',
    rating: ['غير صحيح', 'false'],
    lang: 'ar',
    summary: 'تخفض النعامة رأسها لتقليب بيضها في حفرة على الأرض، ولا تدفنه في الرمال.',
    reviewedAt: '2023-02-11',
  }),
  record({
    publisher: mirsad,
    claim: 'سور الصين العظيم يُرى من القمر بالعين المجردة',
    rating: ['غير صحيح', 'false'],
    lang: 'ar',
    summary: 'المسافة إلى القمر أكبر من أن يُرى منها بناء عرضه بضعة أمتار.',
    reviewedAt: '2022-01-30',
  }),
  record({
    publisher: zhen,
    claim: '金魚的記憶只有三秒',
    rating: ['錯誤', 'false'],
    lang: 'zh-TW',
    summary: '實驗顯示金魚可以記得數個月前學會的事。',
    reviewedAt: '2023-09-15',
  }),
  record({
    publisher: lupa,
    claim: 'Usamos solo el diez por ciento del cerebro',
    rating: ['Falso', 'false'],
    lang: 'es',
    summary: 'Las imágenes del cerebro muestran actividad en todas sus partes, también durante el sueño.',
    reviewedAt: '2021-12-01',
  }),
  record({
    publisher: orbit,
    claim: 'The Earth is slightly wider at the equator than from pole to pole',
    rating: ['True', 'true'],
    summary: 'By about 43 kilometres, because it turns.',
    reviewedAt: '2018-03-14',
  }),
]

const longAgo = Array.from({ length: 24 }, (_, place) =>
  record({
    publisher: plainDesk,
    claim: `Almanac saying number ${place + 1} foretells the harvest`,
    rating: ['Not proven', 'unproven'],
    reviewedAt: `20${String(10 - Math.floor(place / 12)).padStart(2, '0')}-${String(12 - (place % 12)).padStart(2, '0')}-01`,
  }),
)

/** Of publishers that are not samples. */
export const otherRecords: ReviewRecord[] = [
  record({
    publisher: ['northwind.example', 'Northwind Facts'],
    claim: 'Goldfish have a memory of three seconds',
    rating: ['2 / 5', 'mostly-false'],
    summary: 'Goldfish can be trained, and remember it for months.',
    reviewedAt: '2016-01-09T08:30:00Z',
  }),
  record({
    publisher: ['northwind.example', 'Northwind Facts'],
    claim: 'A penny dropped from a tower can kill a person below',
    rating: ['Eh?', null],
    reviewedAt: '2015-06-01',
  }),
  record({
    publisher: village,
    claim: 'Cows lie down before it rains',
    rating: [null, 'unproven'],
    reviewedAt: null,
  }),
  record({
    publisher: ['northwind.example', 'Northwind Facts'],
    claim: '<script>alert(1)</script> & "quotes" \u202Ebackwards',
    rating: ['<b>Bold</b>', 'not-checkable'],
    summary: '</textarea><img src=x onerror=alert(1)>',
    reviewedAt: '2014-06-01',
  }),
  ...longAgo,
]

/** The first of the others, as its publisher changed it later. */
export const changedRecord: ReviewRecord = {
  ...otherRecords[0]!,
  rating: { words: '1 / 5', value: 'false', scale: { value: 1, worst: 1, best: 5 } },
  summary: 'Goldfish can be trained, and remember it for months. Updated with a new study.',
}
