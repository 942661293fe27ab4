/**
 * What an organisation of this instance published: one document for each verdict, correction, withdrawal and outcome of
 * a challenge. The public log holds a salted digest of it, so the page shows nothing that is not in a document.
 */
import { type CanonicalValue, canonicalJson } from './canonical-json.ts'
import type { ReviewRecord } from './claim-review.ts'
import type { ContactOutcome } from './evidence.ts'
import type { ClaimReviewId } from './ids.ts'
import type { LogEntryKind } from './log-entry.ts'
import { type RatingScale, type RatingValue, ratingAxis } from './rating.ts'

export type PublicationKind = LogEntryKind

interface Common {
  v: 1
  id: ClaimReviewId
  /** 1 for the first verdict, one more for each later document about the same review. */
  version: number
  organisation: { shortName: string; name: string }
  /** UTC, to the minute, as the log has it. */
  publishedAt: string
}

/** One piece of evidence that the answer cites; its number is its place in the list, counted from 1. */
export type PublishedEvidence = {
  kind: string
  title: string | null
  url: string | null
  /** The words themselves, of a quotation. */
  text: string | null
  shows: string
  date: string | null
  /** Of a contact: what came of it. */
  outcome?: ContactOutcome
  /** The copy that was taken; null where none could be. */
  archive: { sha256: string; at: string; contentType: string | null } | null
}

/** A sentence, and the numbers of its evidence. */
export type PublishedSentence = { text: string; evidence: number[] }

export type PublishedTranslation = {
  lang: string
  claim: string
  summary: string
  /** A text without citations in documents of the first days; read it by translatedAnswer. */
  answer: string | PublishedSentence[]
  unknown: string | null
}

/** Whoever a claim is from or about was asked: what came of it, and nobody's name. */
export type PublishedReply = { outcome: ContactOutcome; date: string }

/** What was wrong, what changed and why. */
export type CorrectionNote = { wrong: string; changed: string; why: string }

export type VerdictDocument = Common & {
  kind: 'verdict' | 'correction'
  claim: string
  /** BCP 47. */
  lang: string
  rating: { words: string; value: RatingValue }
  summary: string
  answer: PublishedSentence[]
  unknown: string | null
  notCheckable: string | null
  translations: PublishedTranslation[]
  appearances: string[]
  /** The day on which the claim was made or first seen; left out when nobody knows. */
  claimedOn?: string
  evidence: PublishedEvidence[]
  /** The right of reply, whether the answer cites it or not; left out when nobody was asked. */
  replies?: PublishedReply[]
  /** Two people, always; their names only where the organisation shows them. */
  people: { drafted: string | null; approved: string | null }
  /** How the organisation works, in its words at that time. */
  method: string
  correction: CorrectionNote | null
}

export type WithdrawalDocument = Common & { kind: 'withdrawal'; reason: string }

export type ChallengeDocument = Common & {
  kind: 'challenge-outcome'
  outcome: 'upheld' | 'refused'
  reasons: string
  /** The day on which somebody challenged it. */
  receivedOn: string
}

export type PublishedDocument = VerdictDocument | WithdrawalDocument | ChallengeDocument

export function isVerdictDocument(document: PublishedDocument): document is VerdictDocument {
  return document.kind === 'verdict' || document.kind === 'correction'
}

/** Canonical JSON: the text that is stored, served and digested. */
export function formatDocument(document: PublishedDocument): string {
  return canonicalJson(document as unknown as CanonicalValue)
}

/** The document of a publication; null when it was erased or is not what was published under this id. */
export function parseDocument({
  document,
  claimReviewId,
  version,
  kind,
}: {
  document: string | null
  claimReviewId: ClaimReviewId
  version: number
  kind: PublicationKind
}): PublishedDocument | null {
  if (document === null) return null
  try {
    const read = JSON.parse(document) as PublishedDocument
    const { v, id } = read
    return v === 1 && id === claimReviewId && read.version === version && read.kind === kind ? read : null
  } catch {
    return null
  }
}

/** What the log's digest is over: 16 bytes of salt, then the document. */
export function digestedBytes(salt: Uint8Array, document: string): Uint8Array {
  const text = new TextEncoder().encode(document)
  const bytes = new Uint8Array(salt.length + text.length)
  bytes.set(salt)
  bytes.set(text, salt.length)
  return bytes
}

export const saltBytes = 16

/** What the log shows of a document without its text. */
export function logLabelOf(document: PublishedDocument): string {
  if (document.kind === 'withdrawal') return 'withdrawn'
  return document.kind === 'challenge-outcome' ? document.outcome : document.rating.value
}

/** The page of a review of ours. */
export function reviewUrl(publicUrl: string, id: ClaimReviewId): string {
  return `${publicUrl}/reviews/${id}`
}

/** The claim review as every other publisher's is held: what is indexed, listed and matched. */
export function recordOfDocument(
  document: VerdictDocument,
  { publicUrl, firstPublishedAt }: { publicUrl: string; firstPublishedAt: string },
): ReviewRecord {
  const { organisation, rating, translations } = document
  return {
    publisher: { site: siteOfUrl(publicUrl), name: organisation.name },
    url: reviewUrl(publicUrl, document.id),
    sourceId: document.id,
    claim: document.claim,
    title: null,
    summary: document.summary,
    body: [
      answerText(document),
      ...translations.flatMap((one) => [one.claim, one.summary, translatedText(one)]),
    ].join('\n'),
    rating: { words: rating.words, value: rating.value, scale: scaleOf(rating.value) },
    ratingExplanation: document.notCheckable ?? document.summary,
    lang: document.lang,
    reviewedAt: `${firstPublishedAt.slice(0, 16)}:00Z`,
    claimedAt: document.claimedOn ?? null,
    appearances: document.appearances,
    claimant: null,
  }
}

/** The answer as running text, without the numbers of its evidence; why nobody can check it, where that is the answer. */
export function answerText({
  answer,
  notCheckable,
}: Pick<VerdictDocument, 'answer' | 'notCheckable'>): string {
  return answer.length === 0 ? (notCheckable ?? '') : answer.map(({ text }) => text).join('\n')
}

export function translatedAnswer({ answer }: Pick<PublishedTranslation, 'answer'>): PublishedSentence[] {
  return typeof answer === 'string' ? answer.split(/\n+/).map((text) => ({ text, evidence: [] })) : answer
}

export function translatedText(translation: Pick<PublishedTranslation, 'answer'>): string {
  return translatedAnswer(translation)
    .map(({ text }) => text)
    .join('\n')
}

/** 5 for true to 1 for false, as the field counts; null for what is no degree of truth. */
export function scaleOf(value: RatingValue): RatingScale | null {
  const steps = ratingAxis(value)
  return steps === null ? null : { value: 5 - steps, best: 5, worst: 1 }
}

/** Host without port and `www.`: what publishers are known by. */
export function siteOfUrl(publicUrl: string): string {
  return new URL(publicUrl).hostname.replace(/^www\.(?=.*\.)/, '')
}
