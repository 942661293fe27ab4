/** A review of ours as its page shows it: the text in one language, its mark of the public log, and every version. */
import {
  answerText,
  isVerdictDocument,
  type PublishedDocument,
  type PublishedSentence,
  parseDocument,
  translatedAnswer,
  translatedText,
  type VerdictDocument,
} from '#domain/publication.ts'
import { findLogMark, type LogMark } from '#flows/extend-log/find-log-mark.ts'
import type { Needs } from '#flows/needs.ts'
import { findDisagreement } from '#io/database/publications/agreement.ts'
import type { OwnReview } from '#io/database/publications/own-reviews.ts'

/** The text in one of its languages. */
export interface ShownText {
  lang: string
  claim: string
  summary: string
  answer: PublishedSentence[]
  unknown: string | null
  isTranslation: boolean
}

export interface ShownVersion {
  version: number
  kind: PublishedDocument['kind']
  publishedAt: string
  /** Of the log; null while it has no place there. */
  index: number | null
  /** The log that it stands in. */
  origin: string | null
  correction: VerdictDocument['correction']
  changes: { field: ChangedField; before: string | null; after: string | null }[]
}

/** In the order in which a page shows them. */
const fields = [
  'claim',
  'rating',
  'summary',
  'answer',
  'unknown',
  'notCheckable',
  'evidence',
  'appearances',
  'claimedOn',
  'translations',
] as const
export type ChangedField = (typeof fields)[number]

/** In the wanted language, else in the first of the reader's that there is, else as it was written. */
export function textIn(document: VerdictDocument, wanted: readonly string[]): ShownText {
  const primary = (tag: string) => tag.toLowerCase().split('-')[0]
  for (const lang of wanted) {
    const found =
      document.translations.find((one) => one.lang === lang) ??
      (primary(document.lang) === primary(lang)
        ? null
        : document.translations.find((one) => primary(one.lang) === primary(lang)))
    if (found === null || document.lang === lang) break
    if (found) {
      return { ...found, answer: translatedAnswer(found), isTranslation: true }
    }
  }
  const { lang, claim, summary, answer, unknown } = document
  return { lang, claim, summary, answer, unknown, isTranslation: false }
}

/** Newest first. */
export function versionsOf({ publications }: Pick<OwnReview, 'publications'>): ShownVersion[] {
  return publications.map((publication, place) => {
    const document = parseDocument(publication)
    const verdict = document !== null && isVerdictDocument(document) ? document : null
    const earlier = publications
      .slice(place + 1)
      .map(parseDocument)
      .find((one) => one !== null && isVerdictDocument(one)) as VerdictDocument | undefined
    return {
      version: publication.version,
      kind: publication.kind,
      publishedAt: publication.publishedAt.toISOString(),
      index: publication.entry.index,
      origin: publication.entry.origin,
      correction: verdict?.correction ?? null,
      changes: verdict !== null && earlier !== undefined ? changesOf(earlier, verdict) : [],
    }
  })
}

function changesOf(earlier: VerdictDocument, later: VerdictDocument): ShownVersion['changes'] {
  return fields.flatMap((field) => {
    const [before, after] = [fieldText(earlier, field), fieldText(later, field)]
    return before === after ? [] : [{ field, before, after }]
  })
}

function fieldText(document: VerdictDocument, field: ChangedField): string | null {
  switch (field) {
    case 'rating':
      return document.rating.words
    case 'answer':
      return document.answer.length === 0 ? null : answerText(document)
    case 'evidence':
      return (
        document.evidence
          .map(({ title, url, shows }) => [title, url, shows].filter(Boolean).join(' · '))
          .join('\n') || null
      )
    case 'appearances':
      return document.appearances.join('\n') || null
    case 'claimedOn':
      return document.claimedOn ?? null
    case 'translations':
      return (
        document.translations
          .map((one) => {
            const texts = [one.claim, one.summary, translatedText(one), one.unknown]
            return [`${one.lang}:`, ...texts.filter(Boolean)].join('\n')
          })
          .join('\n\n') || null
      )
    default:
      return document[field]
  }
}

/** The mark of what stands, its text or its withdrawal; `disagrees` when any version, or the row that answers come from, does not fit. */
export async function markOf(
  { db, log, config, journal }: Pick<Needs, 'db' | 'log' | 'config' | 'journal'>,
  review: OwnReview,
): Promise<LogMark> {
  const disagreement = await findDisagreement(db, review, config.publicUrl)
  if (disagreement !== null) journal.warn('database and log disagree', { review: review.id, disagreement })
  const marks = await Promise.all(
    review.publications.map(({ leafHash, entry }) =>
      findLogMark(log, { ...entry, leafHash, stands: disagreement === null }),
    ),
  )
  const standing = review.publications.findIndex(({ kind }) => kind !== 'challenge-outcome')
  return marks.find((mark) => mark.state === 'disagrees') ?? marks[standing]!
}
