/** A verdict as its form carries it: read from what was sent, and written back into fields. */
import type { EvidenceId } from '#domain/ids.ts'
import type { VerdictDraft, VerdictTranslation } from '#domain/verdict.ts'
import { formatAnswer, parseAnswer } from '#domain/verdict-text.ts'
import { textIn } from './form-fields.ts'

/** A draft in its fields, each as it is typed. */
export interface DraftFields {
  claim: string
  lang: string
  rating: string
  notCheckable: string
  summary: string
  answer: string
  unknown: string
  appearances: string
  claimedOn: string
  translations: { lang: string; claim: string; summary: string; answer: string; unknown: string }[]
}

const translationFields = ['lang', 'claim', 'summary', 'answer', 'unknown'] as const

/** `evidence`: ids by number, the first is number 1. */
export function draftFieldsOf(draft: VerdictDraft, evidence: readonly EvidenceId[]): DraftFields {
  return {
    claim: draft.claim,
    lang: draft.lang,
    rating: draft.ratingLabel,
    notCheckable: draft.notCheckable ?? '',
    summary: draft.summary,
    answer: formatAnswer(draft.answer, evidence),
    unknown: draft.unknown ?? '',
    appearances: draft.appearances.join('\n'),
    claimedOn: draft.claimedOn ?? '',
    translations: draft.translations.map(({ answer, unknown, ...texts }) => ({
      ...texts,
      answer: formatAnswer(answer, evidence),
      unknown: unknown ?? '',
    })),
  }
}

export function draftIn(data: FormData, evidence: readonly EvidenceId[]): Omit<VerdictDraft, 'ratingValue'> {
  const text = (name: string) => textIn(data, name).replaceAll('\r\n', '\n').trim()
  return {
    claim: text('claim'),
    lang: text('lang-of-text'),
    ratingLabel: textIn(data, 'rating'),
    summary: text('summary'),
    answer: parseAnswer(text('answer'), evidence),
    unknown: text('unknown') || null,
    notCheckable: text('notCheckable') || null,
    translations: translationsIn(data, evidence),
    appearances: text('appearances')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    claimedOn: text('claimedOn') || null,
  }
}

/** An empty set of fields is none. */
function translationsIn(data: FormData, evidence: readonly EvidenceId[]): VerdictTranslation[] {
  const lists = translationFields.map((field) =>
    data
      .getAll(`translation-${field}`)
      .map((value) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '')),
  )
  const [langs, claims, summaries, answers, unknowns] = lists as [
    string[],
    string[],
    string[],
    string[],
    string[],
  ]
  return langs
    .map((lang, at) => ({
      lang,
      claim: claims[at] ?? '',
      summary: summaries[at] ?? '',
      answer: parseAnswer(answers[at] ?? '', evidence),
      unknown: unknowns[at] || null,
    }))
    .filter((one) => Object.values(one).some((text) => text !== null && text.length > 0))
}
