/** The desk's tables as Kysely sees them (migrations/0006-cases.sql, 0014-inbox-views.sql). */
import type { ColumnType, JSONColumnType } from 'kysely'
import type { CaseEventDetail, CaseEventKind, CaseState } from '#domain/case.ts'
import type { Archive, EvidenceContent } from '#domain/evidence.ts'
import type {
  CaseEventId,
  CaseId,
  EvidenceId,
  OrganisationId,
  PersonId,
  RumourId,
  VerdictId,
} from '#domain/ids.ts'
import type { VerdictDraft, VerdictState } from '#domain/verdict.ts'

type Time = ColumnType<Date, Date, Date>
type TimeOrNull = ColumnType<Date | null, Date | null, Date | null>
/** Read as text by `to_char`: the driver would make a local midnight of it. */
type DayOrNull = ColumnType<Date | null, string | null, string | null>

export interface CaseTables {
  cases: {
    id: CaseId
    organisation_id: OrganisationId
    rumour_id: RumourId | null
    claim: string
    state: CaseState
    assignee_id: PersonId | null
    due_on: DayOrNull
    version: number
    created_at: Time
    changed_at: Time
  }
  case_partners: {
    case_id: CaseId
    organisation_id: OrganisationId
    invited_by: PersonId
    invited_at: Time
  }
  inbox_views: { person_id: PersonId; name: string; query: string }
  rumour_snoozes: {
    rumour_id: RumourId
    organisation_id: OrganisationId
    until: ColumnType<Date, string, string>
    snoozed_by: PersonId
  }
  evidence: {
    id: EvidenceId
    case_id: CaseId
    number: number
    content: JSONColumnType<EvidenceContent>
    archive: JSONColumnType<Archive> | null
    archive_at: TimeOrNull
    added_by: PersonId
    added_at: Time
    removed_at: TimeOrNull
  }
  verdicts: {
    id: VerdictId
    case_id: CaseId
    version: number
    state: VerdictState
    content: JSONColumnType<VerdictDraft>
    drafted_by: PersonId
    approved_by: PersonId | null
    remarks: string | null
    saved_at: Time
  }
  case_events: {
    id: CaseEventId
    case_id: CaseId
    step: number
    kind: CaseEventKind
    person_id: PersonId
    detail: JSONColumnType<CaseEventDetail>
    at: Time
  }
}
