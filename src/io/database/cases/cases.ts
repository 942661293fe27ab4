/** Cases as the desk reads and moves them; whose they are decides whether they exist for somebody. */
import { sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import { type Case, type CasePart, type CaseState, casePartOf } from '#domain/case.ts'
import { AssayError } from '#domain/errors.ts'
import { type CaseId, isId, type OrganisationId, type PersonId, type RumourId } from '#domain/ids.ts'
import type { Database, Tx } from '../schema.ts'

/** A case, and what the person who asks for it is to it. */
export interface SeenCase extends Case {
  part: CasePart
  partners: OrganisationId[]
}

/** Null also when it is another organisation's. `lock`: nobody else moves it until the transaction ends. */
export async function findCase(
  db: Database,
  actor: Actor,
  id: string,
  lock?: 'lock',
): Promise<SeenCase | null> {
  if (!isId<CaseId>(id)) return null
  const query = selectCases(db).where('c.id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return null
  const partners = await listPartners(db, id)
  const part = casePartOf(actor, row.organisation_id, partners)
  return part === null ? null : { ...caseOf(row), part, partners }
}

/** @throws not_found, also when it is another organisation's */
export async function getCase(db: Database, actor: Actor, id: string, lock?: 'lock'): Promise<SeenCase> {
  const found = await findCase(db, actor, id, lock)
  if (!found) throw new AssayError('not_found', 'There is no case of this id here.')
  return found
}

/** The organisation's own case on a rumour; dropped ones do not count. */
export async function findCaseOnRumour(
  db: Database,
  organisationId: OrganisationId,
  rumourId: RumourId,
): Promise<Case | null> {
  const row = await selectCases(db)
    .where('c.organisation_id', '=', organisationId)
    .where('c.rumour_id', '=', rumourId)
    .where('c.state', '<>', 'dropped')
    .executeTakeFirst()
  return row ? caseOf(row) : null
}

async function listPartners(db: Database, id: CaseId): Promise<OrganisationId[]> {
  const rows = await db
    .selectFrom('case_partners')
    .select('organisation_id')
    .where('case_id', '=', id)
    .execute()
  return rows.map((row) => row.organisation_id)
}

/** @throws conflict when the organisation has a case on this rumour */
export async function insertCase(tx: Tx, made: Case): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('cases')
    .values({
      id: made.id,
      organisation_id: made.organisationId,
      rumour_id: made.rumourId,
      claim: made.claim,
      state: made.state,
      assignee_id: made.assigneeId,
      due_on: made.dueOn,
      version: made.version,
      created_at: new Date(made.createdAt),
      changed_at: new Date(made.changedAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (Number(numInsertedOrUpdatedRows ?? 0) === 0) {
    throw new AssayError('conflict', 'Your organisation has a case on this rumour; open that one.')
  }
}

export interface CaseChange {
  claim?: string
  state?: CaseState
  assigneeId?: PersonId | null
  dueOn?: string | null
}

/** Counts the version on and notes when, also where nothing else changes. */
export async function updateCase(tx: Tx, id: CaseId, change: CaseChange, now: Date): Promise<void> {
  await tx
    .updateTable('cases')
    .set((eb) => ({
      ...(change.claim === undefined ? {} : { claim: change.claim }),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.assigneeId === undefined ? {} : { assignee_id: change.assigneeId }),
      ...(change.dueOn === undefined ? {} : { due_on: change.dueOn }),
      version: eb('version', '+', 1),
      changed_at: now,
    }))
    .where('id', '=', id)
    .execute()
}

/** False when it was invited before. */
export async function insertPartner(
  tx: Tx,
  partner: { caseId: CaseId; organisationId: OrganisationId; invitedBy: PersonId; now: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('case_partners')
    .values({
      case_id: partner.caseId,
      organisation_id: partner.organisationId,
      invited_by: partner.invitedBy,
      invited_at: partner.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0) === 1
}

function selectCases(db: Database) {
  return db
    .selectFrom('cases as c')
    .select([
      'c.id',
      'c.organisation_id',
      'c.rumour_id',
      'c.claim',
      'c.state',
      'c.assignee_id',
      sql<string | null>`to_char(c.due_on, 'YYYY-MM-DD')`.as('due_on'),
      'c.version',
      'c.created_at',
      'c.changed_at',
    ])
}

function caseOf(row: {
  id: CaseId
  organisation_id: OrganisationId
  rumour_id: RumourId | null
  claim: string
  state: CaseState
  assignee_id: PersonId | null
  due_on: string | null
  version: number
  created_at: Date
  changed_at: Date
}): Case {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    rumourId: row.rumour_id,
    claim: row.claim,
    state: row.state,
    assigneeId: row.assignee_id,
    dueOn: row.due_on,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  }
}
