/** A verdict: the desk's decision on a case, in versions. Two people stand behind what is published: the table below. */
import type { CasePart } from './case.ts'
import { isDay } from './day.ts'
import type { Problem } from './errors.ts'
import type { CaseId, EvidenceId, PersonId, VerdictId } from './ids.ts'
import { allowedMoves, type MoveTable, stateAfter } from './moves.ts'
import type { RatingScale } from './organisation.ts'
import type { RatingValue } from './rating.ts'

export const verdictStates = ['draft', 'review-requested', 'returned', 'approved', 'published'] as const
export type VerdictState = (typeof verdictStates)[number]

/** `none`: nothing was written yet. */
export const draftingStates = ['none', ...verdictStates] as const
export type DraftingState = (typeof draftingStates)[number]

/**
 * What somebody is to a verdict. The author wrote any version since the last approval; a colleague is a lead or checker
 * of the same organisation, a partner one of an invited organisation, who wrote none of them.
 */
export const verdictParts = ['author', 'colleague', 'partner', 'reader'] as const
export type VerdictPart = (typeof verdictParts)[number]

const writers = ['author', 'colleague'] as const
const others = ['colleague', 'partner'] as const

/** Saving makes a new version, whatever state the last one is in: what was approved is never edited. */
export const verdictMoves = {
  save: {
    by: writers,
    from: {
      none: 'draft',
      draft: 'draft',
      'review-requested': 'draft',
      returned: 'draft',
      approved: 'draft',
      published: 'draft',
    },
    says: 'write a new version',
  },
  'request-review': {
    by: writers,
    from: { draft: 'review-requested', returned: 'review-requested' },
    says: 'ask for a review',
  },
  return: {
    by: others,
    from: { 'review-requested': 'returned', approved: 'returned' },
    says: 'return it with remarks',
  },
  approve: { by: others, from: { 'review-requested': 'approved' }, says: 'approve it' },
  publish: { by: writers, from: { approved: 'published' }, says: 'publish it' },
} satisfies MoveTable<string, DraftingState, VerdictPart>

export type VerdictMove = keyof typeof verdictMoves

/** @throws conflict, with what is allowed now */
export function decideVerdictMove(state: DraftingState, move: VerdictMove, part: VerdictPart): DraftingState {
  return stateAfter<VerdictMove, DraftingState, VerdictPart>(verdictMoves, {
    noun: 'the verdict',
    state,
    part,
    move,
  })
}

export function allowedVerdictMoves(state: DraftingState, part: VerdictPart): VerdictMove[] {
  return allowedMoves<VerdictMove, DraftingState, VerdictPart>(verdictMoves, state, part)
}

/** Who wrote since the last approval: none of them may approve. `versions`: of one case, in any order. */
export function authorsOf(
  versions: readonly Pick<Verdict, 'version' | 'draftedBy' | 'approvedBy'>[],
): Set<PersonId> {
  const newest = Math.max(0, ...versions.map(({ version }) => version))
  const approved = versions.filter(({ approvedBy, version }) => approvedBy !== null && version < newest)
  const last = Math.max(0, ...approved.map(({ version }) => version))
  return new Set(versions.filter(({ version }) => version > last).map(({ draftedBy }) => draftedBy))
}

/** `wrote`: the person is one of the verdict's authors. */
export function verdictPartOf(part: CasePart, wrote: boolean): VerdictPart {
  if (part === 'lead' || part === 'checker') return wrote ? 'author' : 'colleague'
  return part
}

/** One sentence of the answer, and the evidence that it stands on. */
export interface AnswerSentence {
  text: string
  evidence: EvidenceId[]
}

export interface VerdictTranslation {
  /** BCP 47. */
  lang: string
  claim: string
  summary: string
  /** Stands on the same evidence as the original; its sentences may be cut differently. */
  answer: AnswerSentence[]
  unknown: string | null
}

/** What is published: plain text in every field. */
export interface VerdictContent {
  claim: string
  /** BCP 47. */
  lang: string
  /** The organisation's own words, from its scale. */
  ratingLabel: string
  ratingValue: RatingValue
  /** One breath. */
  summary: string
  answer: AnswerSentence[]
  /** What we do not know. */
  unknown: string | null
  /** Why nobody can check it; exactly when the rating is `not-checkable`. */
  notCheckable: string | null
  translations: VerdictTranslation[]
  /** Where the claim was seen: http(s) addresses, the earliest first. */
  appearances: string[]
  /** The day on which it was made or first seen, ISO 8601; null when nobody knows. */
  claimedOn: string | null
}

/** What is being written: the rating may still be open. */
export interface VerdictDraft extends Omit<VerdictContent, 'ratingValue'> {
  ratingValue: RatingValue | null
}

export interface Verdict {
  id: VerdictId
  caseId: CaseId
  version: number
  state: VerdictState
  content: VerdictDraft
  draftedBy: PersonId
  approvedBy: PersonId | null
  remarks: string | null
  savedAt: string
}

/** In UTF-16 code units and counts. */
export const verdictLimits = {
  claimMax: 500,
  /** What can be said in one breath. */
  summaryMax: 400,
  sentenceMax: 2_000,
  sentencesMax: 200,
  unknownMax: 2_000,
  reasonMax: 2_000,
  remarksMax: 5_000,
  translationsMax: 20,
  appearancesMax: 20,
  urlMax: 2_000,
} as const

export function emptyDraft(claim: string, lang: string): VerdictDraft {
  return {
    claim,
    lang,
    ratingLabel: '',
    ratingValue: null,
    summary: '',
    answer: [],
    unknown: null,
    notCheckable: null,
    translations: [],
    appearances: [],
    claimedOn: null,
  }
}

/** Null while the rating is open; what was sent to review has one. */
export function verdictContentOf(draft: VerdictDraft): VerdictContent | null {
  return draft.ratingValue === null ? null : { ...draft, ratingValue: draft.ratingValue }
}

/** What must be mended before a review can be asked for; `evidence`: what the case holds and has not removed. */
export function problemsOfVerdict(draft: VerdictDraft, evidence: ReadonlySet<EvidenceId>): Problem[] {
  const problems: Problem[] = []
  const say = (path: string, message: string) => problems.push({ path, message })
  if (draft.claim.trim() === '') say('claim', 'Word the claim in neutral words.')
  if (!isLanguageTag(draft.lang)) say('lang', 'Say which language this is, such as en or pt-BR.')
  if (draft.ratingValue === null) say('rating', 'Choose a rating from your scale.')
  if (draft.summary.trim() === '') say('summary', 'Sum it up in one breath.')
  if ((draft.ratingValue === 'not-checkable') !== (draft.notCheckable !== null)) {
    say('notCheckable', 'Say why it cannot be checked, and only then rate it so.')
  }
  if (draft.answer.length === 0 && draft.notCheckable === null) {
    say('answer', 'Write the answer, sentence by sentence.')
  }
  const sentences = (path: string, answer: readonly AnswerSentence[]) => {
    answer.forEach((sentence, at) => {
      const held = sentence.evidence.filter((id) => evidence.has(id))
      if (held.length < sentence.evidence.length) {
        say(`${path}.${at}`, `Sentence ${at + 1} cites evidence that was removed.`)
      } else if (held.length === 0 && draft.notCheckable === null) {
        say(`${path}.${at}`, `Sentence ${at + 1} cites no evidence.`)
      }
    })
  }
  sentences('answer', draft.answer)
  if (draft.appearances.some((address) => !isWebAddress(address))) {
    say('appearances', 'Give whole addresses that start with https:// or http://.')
  }
  if (draft.claimedOn !== null && !isDay(draft.claimedOn)) say('claimedOn', 'Write the day as 2026-01-31.')
  const langs = new Set([draft.lang])
  draft.translations.forEach(({ lang, claim, summary, answer }, at) => {
    if (!isLanguageTag(lang)) say(`translations.${at}.lang`, 'Say which language the translation is in.')
    else if (langs.has(lang)) say(`translations.${at}.lang`, `There are two texts in ${lang}.`)
    langs.add(lang)
    if ([claim, summary].some((text) => text.trim() === '') || answer.length === 0) {
      say(`translations.${at}`, 'A translation needs the claim, the summary and the answer.')
    }
    sentences(`translations.${at}.answer`, answer)
    if (citedIn(answer).symmetricDifference(citedIn(draft.answer)).size > 0) {
      say(`translations.${at}.cited`, 'A translation cites the same evidence as the original, all of it.')
    }
  })
  return problems
}

/** A rating may leave the scale after a draft was given it: it stays with the draft, and is chosen anew before a review. */
export function problemsOfRating({ ratingLabel }: VerdictDraft, scale: RatingScale): Problem[] {
  if (ratingLabel === '' || scale.some(({ label }) => label === ratingLabel)) return []
  const message = `“${ratingLabel}” is no longer on your rating scale; choose again.`
  return [{ path: 'ratingLabel', message }]
}

function citedIn(answer: readonly AnswerSentence[]): Set<EvidenceId> {
  return new Set(answer.flatMap((sentence) => sentence.evidence))
}

/** What is too large to be kept. Checked at every save, before anything else. */
export function sizeProblemsOf(draft: VerdictDraft): Problem[] {
  const limits = verdictLimits
  const problems: Problem[] = []
  const text = (path: string, value: string | null, max: number) => {
    if (value !== null && value.length > max) {
      problems.push({ path, message: `${value.length} characters; at most ${max}.` })
    }
  }
  const count = (path: string, items: readonly unknown[], max: number) => {
    if (items.length > max) problems.push({ path, message: `${items.length} of them; at most ${max}.` })
  }
  text('claim', draft.claim, limits.claimMax)
  text('rating', draft.ratingLabel, limits.claimMax)
  text('summary', draft.summary, limits.summaryMax)
  text('unknown', draft.unknown, limits.unknownMax)
  text('notCheckable', draft.notCheckable, limits.reasonMax)
  text('claimedOn', draft.claimedOn, 10)
  count('answer', draft.answer, limits.sentencesMax)
  for (const [at, sentence] of draft.answer.entries()) text(`answer.${at}`, sentence.text, limits.sentenceMax)
  count('translations', draft.translations, limits.translationsMax)
  for (const [at, one] of draft.translations.entries()) {
    text(`translations.${at}.lang`, one.lang, 35)
    text(`translations.${at}.claim`, one.claim, limits.claimMax)
    text(`translations.${at}.summary`, one.summary, limits.summaryMax)
    count(`translations.${at}.answer`, one.answer, limits.sentencesMax)
    for (const [place, sentence] of one.answer.entries()) {
      text(`translations.${at}.answer.${place}`, sentence.text, limits.sentenceMax)
    }
    text(`translations.${at}.unknown`, one.unknown, limits.unknownMax)
  }
  count('appearances', draft.appearances, limits.appearancesMax)
  for (const url of draft.appearances) text('appearances', url, limits.urlMax)
  return problems
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** Source: BCP 47, the tags that people write. */
function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(text)
}
