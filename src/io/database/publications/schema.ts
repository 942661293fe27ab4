/** Publications, revisions, challenges and notices as Kysely sees them (migrations/0007-publications.sql). */
import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { ChallengeState } from '#domain/challenge.ts'
import type {
  CaseId,
  ChallengeId,
  ClaimReviewId,
  NoticeId,
  OrganisationId,
  PersonId,
  RevisionId,
  RumourId,
  VerdictId,
} from '#domain/ids.ts'
import type { CorrectionNote, PublicationKind } from '#domain/publication.ts'
import type { RevisionState } from '#domain/revision.ts'

type Time = ColumnType<Date, Date, Date>
type TimeOrNull = ColumnType<Date | null, Date | null, Date | null>

export type NoticeKind = 'answered' | 'corrected' | 'withdrawn'
export type NoticeState = 'pending' | 'sent' | 'given-up'

export interface PublicationTables {
  revisions: {
    id: RevisionId
    claim_review_id: ClaimReviewId
    organisation_id: OrganisationId
    kind: 'correction' | 'withdrawal'
    verdict_id: VerdictId | null
    texts: JSONColumnType<CorrectionNote | { reason: string }>
    state: RevisionState
    proposed_by: PersonId
    confirmed_by: PersonId | null
    proposed_at: Time
  }
  challenges: {
    id: ChallengeId
    claim_review_id: ClaimReviewId
    organisation_id: OrganisationId
    sealed: Buffer | null
    wrapped_key: Buffer | null
    wants_reply: boolean
    receipt_mac: Buffer
    client_mac: Buffer
    state: ChallengeState
    decided_by: PersonId | null
    reasons: string | null
    /** The driver would make a local midnight of a date: read it with `dayText`. */
    day: ColumnType<never, string, string>
    decided_at: TimeOrNull
  }
  publications: {
    claim_review_id: ClaimReviewId
    version: number
    organisation_id: OrganisationId
    case_id: CaseId
    verdict_id: VerdictId | null
    revision_id: RevisionId | null
    challenge_id: ChallengeId | null
    kind: PublicationKind
    document: string | null
    salt: Buffer | null
    leaf_hash: Buffer
    published_at: Time
  }
  notices: {
    id: NoticeId
    rumour_id: RumourId
    claim_review_id: ClaimReviewId
    kind: NoticeKind
    leaf_hash: Buffer | null
    state: NoticeState
    tries: Generated<number>
    created_at: Time
    sent_at: TimeOrNull
  }
}
