/** An approved verdict as the document that is published: only the evidence that it cites, numbered as it is cited. */
import { AssayError } from '#domain/errors.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { ClaimReviewId, EvidenceId } from '#domain/ids.ts'
import type { Organisation } from '#domain/organisation.ts'
import type {
  CorrectionNote,
  PublishedEvidence,
  PublishedReply,
  VerdictDocument,
} from '#domain/publication.ts'
import { type AnswerSentence, verdictContentOf } from '#domain/verdict.ts'
import type { Publishable } from '#io/database/publications/publishable.ts'

export interface DocumentFrame {
  id: ClaimReviewId
  version: number
  organisation: Organisation
  publishedAt: string
  correction: CorrectionNote | null
}

/** @throws conflict when it cites what is no longer there, or has no rating */
export function makeVerdictDocument(
  publishable: Publishable,
  { id, version, organisation, publishedAt, correction }: DocumentFrame,
): VerdictDocument {
  const content = verdictContentOf(publishable.content)
  if (content === null) throw new AssayError('conflict', 'The verdict has no rating; choose one first.')
  const cited = [
    ...new Set(
      [content, ...content.translations].flatMap(({ answer }) => answer.flatMap((one) => one.evidence)),
    ),
  ]
  const held = new Map(publishable.evidence.map((one) => [one.id, one]))
  const evidence = cited.map((one) => publishedEvidence(held.get(one)))
  const numbered = ({ text, evidence: ids }: AnswerSentence) => ({
    text,
    evidence: ids.map((one: EvidenceId) => cited.indexOf(one) + 1),
  })
  const replies = repliesOf(publishable.evidence)
  return {
    v: 1,
    kind: correction === null ? 'verdict' : 'correction',
    id,
    version,
    organisation: { shortName: organisation.shortName, name: organisation.name },
    publishedAt,
    claim: content.claim,
    lang: content.lang,
    rating: { words: content.ratingLabel, value: content.ratingValue },
    summary: content.summary,
    answer: content.answer.map(numbered),
    unknown: content.unknown,
    notCheckable: content.notCheckable,
    translations: content.translations.map(({ lang, claim, summary, answer, unknown }) => ({
      lang,
      claim,
      summary,
      answer: answer.map(numbered),
      unknown,
    })),
    appearances: content.appearances,
    ...(content.claimedOn ? { claimedOn: content.claimedOn } : {}),
    evidence,
    ...(replies.length > 0 ? { replies } : {}),
    people: organisation.showNames
      ? { drafted: publishable.draftedName, approved: publishable.approvedName }
      : { drafted: null, approved: null },
    method: organisation.profile.method,
    correction,
  }
}

function publishedEvidence(found: Pick<Evidence, 'content' | 'archive'> | undefined): PublishedEvidence {
  if (!found) {
    throw new AssayError(
      'conflict',
      'The answer cites evidence that was removed; mend it and have it approved again.',
    )
  }
  const { content, archive } = found
  return {
    kind: content.kind,
    // Whom the desk asked stays at the desk.
    title: content.kind === 'contact' ? null : content.title,
    url: content.kind === 'contact' ? null : content.url,
    text: 'text' in content ? content.text : null,
    shows: content.shows,
    date: content.date,
    ...(content.kind === 'contact' ? { outcome: content.outcome } : {}),
    archive:
      archive?.state === 'kept'
        ? { sha256: archive.sha256, at: archive.at, contentType: archive.contentType }
        : null,
  }
}

/** In the order in which they were asked. */
function repliesOf(evidence: Publishable['evidence']): PublishedReply[] {
  return evidence
    .flatMap(({ content, addedAt }) =>
      content.kind === 'contact'
        ? [{ outcome: content.outcome, date: content.date ?? addedAt.slice(0, 10) }]
        : [],
    )
    .sort((one, other) => (one.date < other.date ? -1 : 1))
}
