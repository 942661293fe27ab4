import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Why } from '#domain/message.ts'
import { createIndex } from '../index/review-index.ts'
import { conflictsOf } from './conflicts.ts'
import { explain } from './explain.ts'
import { messageSequence, readMatch } from './reading.ts'

const pieces = [
  ...[
    'vaccine',
    'v4cc1ne',
    'vacc\u200bine',
    'sooo',
    'France',
    'SPAIN',
    'not',
    "doesn't",
    "l'eau",
    '#StopTheSteal',
  ],
  ...[
    '500',
    '50%',
    '5 million',
    '14/02/2020',
    'February 14, 2020',
    '3億5000萬',
    '百分之五十',
    '٥٠٠',
    '疫苗會殺死人',
  ],
  ...[
    '疫苗会杀死人',
    'วัคซีน',
    'می‌خواهم',
    'нет',
    'Impfstoffhersteller',
    'Impfstoff',
    'Hersteller',
    'U.S.',
    'v@ccine',
  ],
  ...[
    'https://example.org/a?utm_source=x',
    'pic.twitter.com/abc',
    '😀',
    '\u202e',
    '\n',
    '. ',
    'Please share!',
    '@a_name',
  ],
]
const text = fc
  .array(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string() }),
    {
      minLength: 1,
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(' ').toWellFormed())
const language = fc.constantFrom(null, 'en', 'de', 'zh', 'fa')

/** Made once: it holds the reviews of one run at a time. */
const index = createIndex()

/** Every why of every candidate of every query of a message. */
function whysOf(
  message: string,
  claims: string[],
  lang: string | null,
): { whys: Why[]; claim: string; title: string }[] {
  for (let at = claims.length; index.remove(`${at}`); at++);
  for (const [at, claim] of claims.entries()) {
    const title = claims[(at + 1) % claims.length]!
    index.upsert(`${at}`, { claim, title, summary: null, body: null, lang, links: [], reviewedAt: null })
  }
  const { documents } = index
  const document = documents.newTerms()
  return index.queries({ text: message, links: [], lang }).flatMap((query) =>
    Array.from(index.candidates(query, 5).docs, (doc) => {
      documents.readTerms(doc, document)
      const reading = readMatch(query, messageSequence(query), documents, doc, document)
      const whys = explain(query, reading, documents, 1, conflictsOf(reading))
      return { whys, claim: documents.text(doc, 'claim'), title: documents.text(doc, 'title') }
    }),
  )
}

test('a why never cites what does not stand in the message or, where they differ, in the claim', () => {
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 4 }), language, (message, claims, lang) => {
      for (const { whys, claim } of whysOf(message, claims, lang)) {
        for (const { kind, terms } of whys) {
          const differs = kind.endsWith('-differs') || kind.endsWith('-differ')
          for (const term of terms) {
            expect(term).not.toBe('')
            const stands = message.includes(term) || (differs && claim.includes(term))
            expect(stands, `${kind}: ${JSON.stringify(term)}`).toBe(true)
          }
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('a shared word, name or number that a why cites is in the review too', () => {
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 3 }), (message, others) => {
      const stranger = 'zebra'
      for (const { whys } of whysOf(`${message} ${stranger}`, others, 'en')) {
        for (const { kind, terms } of whys) {
          if (kind.includes('differ') || kind === 'near-duplicate' || kind === 'letters') continue
          expect(
            terms.every((term) => !term.includes(stranger)),
            kind,
          ).toBe(true)
        }
      }
    }),
    { numRuns: 200 },
  )
})
