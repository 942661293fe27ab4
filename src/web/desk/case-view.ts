/** A case as its page shows it: everything about it that this person may see, in one load. */

import type { Actor } from '#domain/actor.ts'
import { allowedCaseMoves, tasksOf } from '#domain/case.ts'
import type { EvidenceId, OrganisationId } from '#domain/ids.ts'
import {
  allowedVerdictMoves,
  authorsOf,
  emptyDraft,
  problemsOfRating,
  problemsOfVerdict,
  verdictPartOf,
} from '#domain/verdict.ts'
import type { Needs } from '#flows/needs.ts'
import { listCaseEvents } from '#io/database/cases/case-events.ts'
import { getCase, type SeenCase } from '#io/database/cases/cases.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { getOrganisation, listOrganisations } from '#io/database/people/organisations.ts'
import { listPeople } from '#io/database/people/people.ts'
import { draftFieldsOf } from './draft-form.ts'
import { namesOf } from './inbox-view.ts'

/** @throws not_found, also for a case of another organisation */
export async function readCase({ db }: Pick<Needs, 'db'>, actor: Actor, id: string) {
  const found = await getCase(db, actor, id)
  const [events, evidence, versions, organisation, people] = await Promise.all([
    listCaseEvents(db, found.id),
    listEvidence(db, found.id),
    listVerdicts(db, found.id),
    getOrganisation(db, found.organisationId),
    listPeopleOf(db, found),
  ])
  const current = versions[0] ?? null
  const part = verdictPartOf(found.part, authorsOf(versions).has(actor.personId))
  const ids = evidenceIdsOf(evidence)
  const draft = current?.content ?? emptyDraft(found.claim, 'en')
  const held = new Set(evidence.filter(({ removedAt }) => removedAt === null).map((item) => item.id))
  const isOwn = found.part !== 'partner'
  return {
    case: found,
    verdict: current && { ...current, content: undefined },
    content: draft,
    fields: draftFieldsOf(draft, ids),
    problems: current
      ? [...problemsOfVerdict(draft, held), ...problemsOfRating(draft, organisation.ratingScale)].map(
          ({ path }) => path,
        )
      : [],
    versions: versions.map(({ version, state, draftedBy, approvedBy, savedAt }) => ({
      version,
      state,
      draftedBy,
      approvedBy,
      savedAt,
    })),
    evidence,
    events: events.toReversed(),
    tasks: tasksOf(events),
    scale: organisation.ratingScale,
    organisation: organisation.name,
    names: namesOf(people),
    colleagues: isOwn
      ? people
          .filter(({ organisationId }) => organisationId === found.organisationId)
          .filter(({ state, role }) => state === 'active' && (role === 'lead' || role === 'checker'))
          .map(({ id: personId, name }) => ({ id: personId, name }))
      : [],
    partners: await partnersOf(db, found),
    caseMoves: allowedCaseMoves(found.state, found.part),
    verdictMoves: found.state === 'dropped' ? [] : allowedVerdictMoves(current?.state ?? 'none', part),
    part,
  }
}

/** Numbers are places in this list, from 1. */
export function evidenceIdsOf(evidence: readonly { id: EvidenceId; number: number }[]): EvidenceId[] {
  const ids: EvidenceId[] = []
  for (const { id, number } of evidence) ids[number - 1] = id
  return ids
}

async function listPeopleOf(db: Needs['db'], { organisationId, partners }: SeenCase) {
  const lists = await Promise.all([organisationId, ...partners].map((one) => listPeople(db, one)))
  return lists.flat()
}

/** Organisations that were invited, and for the own lead those that could be. */
async function partnersOf(db: Needs['db'], found: SeenCase) {
  const all = await listOrganisations(db)
  const shown = all.map(({ id, name }) => ({ id, name }))
  const isInvited = ({ id }: { id: OrganisationId }) => found.partners.includes(id)
  return {
    invited: shown.filter(isInvited),
    others:
      found.part === 'lead' ? shown.filter((one) => !isInvited(one) && one.id !== found.organisationId) : [],
  }
}
