/** A proposed change of what was published: a correction or a withdrawal. One person proposes it, another confirms it. */
import type { Problem } from './errors.ts'
import type { ClaimReviewId, OrganisationId, PersonId, RevisionId, VerdictId } from './ids.ts'
import type { CorrectionNote } from './publication.ts'

export type RevisionState = 'proposed' | 'published' | 'dropped'

interface Common {
  id: RevisionId
  claimReviewId: ClaimReviewId
  organisationId: OrganisationId
  state: RevisionState
  proposedBy: PersonId
  confirmedBy: PersonId | null
  proposedAt: string
}

export type Revision = Common &
  (
    | { kind: 'correction'; verdictId: VerdictId; note: CorrectionNote }
    | { kind: 'withdrawal'; reason: string }
  )

/** UTF-16 code units of each text. */
export const revisionTextMax = 2_000

const asked: Readonly<Record<string, string>> = {
  wrong: 'what was wrong',
  changed: 'what changed',
  why: 'why it changed',
  reason: 'why it is withdrawn',
}

/** Every text is public: none may be empty, and none a second article. */
export function problemsOfRevisionTexts(texts: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    if (text.trim() === '')
      return [{ path, message: `Say ${asked[path] ?? path} in a sentence or two; readers will see it.` }]
    return text.length > revisionTextMax
      ? [{ path, message: `${text.length} characters; at most ${revisionTextMax}.` }]
      : []
  })
}

/** Null when this person may confirm it; else why not, in a sentence. */
export function problemOfConfirming(
  revision: Pick<Revision, 'state' | 'proposedBy'>,
  by: PersonId,
): string | null {
  if (revision.state === 'published') return 'This was published already.'
  if (revision.state === 'dropped') return 'This proposal was dropped; make a new one.'
  return revision.proposedBy === by
    ? 'You proposed this yourself; another person of your organisation has to confirm it. What you can do: drop it.'
    : null
}
