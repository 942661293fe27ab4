/** Evidence: a source, what it shows, and the archived copy that stays when the source is gone. */
import { isDay } from './day.ts'
import type { Parsed, Problem } from './errors.ts'
import type { CaseId, EvidenceId, PersonId } from './ids.ts'

export const evidenceKinds = ['link', 'document', 'quotation', 'picture', 'contact'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** What came of asking whoever a claim is about or from: their right of reply. */
export const contactOutcomes = ['waiting', 'answered', 'declined', 'no-answer'] as const
export type ContactOutcome = (typeof contactOutcomes)[number]

interface Common {
  /** What it shows, in the desk's words. */
  shows: string
  /** The day of the source: ISO 8601. */
  date: string | null
}

export type EvidenceContent =
  | (Common & { kind: 'link'; url: string; title: string | null })
  | (Common & { kind: 'document'; title: string; url: string | null })
  | (Common & { kind: 'quotation'; text: string; title: string; url: string | null })
  | (Common & { kind: 'picture'; url: string; title: string | null })
  | (Common & { kind: 'contact'; title: string; outcome: ContactOutcome; text: string | null })

/** The copy that was taken of the source. */
export type Archive =
  | {
      state: 'kept'
      /** How it was taken. */
      how: 'fetch'
      /** Of the bytes, in hexadecimal: their name among the captures. */
      sha256: string
      bytes: number
      contentType: string | null
      /** Where the bytes came from in the end, after redirects. */
      url: string
      at: string
    }
  | { state: 'failed'; problem: string; tries: number; at: string }

export interface Evidence {
  id: EvidenceId
  caseId: CaseId
  /** Within its case, from 1: what sentences cite it by. */
  number: number
  content: EvidenceContent
  /** Null: not taken yet, or nothing to take. */
  archive: Archive | null
  addedBy: PersonId
  addedAt: string
  removedAt: string | null
}

/** In UTF-16 code units and counts. */
export const evidenceLimits = {
  showsMax: 2_000,
  titleMax: 500,
  textMax: 10_000,
  urlMax: 2_000,
  perCaseMax: 500,
} as const

/** The address of which a copy is kept; null where there is none to fetch. */
export function archivedAddressOf(content: EvidenceContent): string | null {
  return content.kind === 'contact' ? null : content.url
}

/** What a form says about a piece of evidence: every field a text, empty where nothing was typed. */
export type EvidenceFields = Record<'kind' | 'url' | 'title' | 'text' | 'shows' | 'date' | 'outcome', string>

/** `webAddress`: an http(s) address as it can be kept, or null. A problem's path is the name of the field. */
export function parseEvidence(
  fields: EvidenceFields,
  webAddress: (text: string) => string | null,
): Parsed<EvidenceContent> {
  const problems: Problem[] = []
  const need = (path: keyof EvidenceFields, message: string) => {
    if (fields[path].trim() === '') problems.push({ path, message })
  }
  const fits = (path: keyof EvidenceFields, max: number) => {
    const { length } = fields[path]
    if (length > max) problems.push({ path, message: `${length} characters; at most ${max}.` })
  }
  const kind = evidenceKinds.find((one) => one === fields.kind)
  if (!kind) problems.push({ path: 'kind', message: 'Choose what kind of evidence this is.' })
  fits('shows', evidenceLimits.showsMax)
  fits('title', evidenceLimits.titleMax)
  fits('text', evidenceLimits.textMax)
  fits('url', evidenceLimits.urlMax)
  need('shows', 'Say what it shows.')
  const url = fields.url.trim() === '' ? null : webAddress(fields.url)
  if (fields.url.trim() !== '' && url === null) {
    problems.push({ path: 'url', message: 'Give a whole address that starts with https:// or http://.' })
  }
  const date = fields.date.trim() === '' ? null : fields.date.trim()
  if (date !== null && !isDay(date)) {
    problems.push({ path: 'date', message: 'Write the date as 2026-01-31.' })
  }
  if (kind === 'link' || kind === 'picture') need('url', 'Give the address of the source.')
  if (kind === 'document' || kind === 'quotation')
    need('title', 'Say what document or whose words these are.')
  if (kind === 'quotation') need('text', 'Quote the words.')
  if (kind === 'contact') need('title', 'Say whom you asked, and how.')
  const outcome = contactOutcomes.find((one) => one === fields.outcome)
  if (kind === 'contact' && !outcome) problems.push({ path: 'outcome', message: 'Say what came of it.' })
  if (problems.length > 0 || !kind) return { ok: false, problems }
  const common = { shows: fields.shows.trim(), date }
  const title = fields.title.trim()
  const text = fields.text.trim()
  switch (kind) {
    case 'link':
    case 'picture':
      return { ok: true, value: { kind, ...common, url: url!, title: title || null } }
    case 'document':
      return { ok: true, value: { kind, ...common, title, url } }
    case 'quotation':
      return { ok: true, value: { kind, ...common, title, text, url } }
    case 'contact':
      return { ok: true, value: { kind, ...common, title, outcome: outcome!, text: text || null } }
  }
}
