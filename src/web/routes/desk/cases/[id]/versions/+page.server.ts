/** Every version of a case's verdict, and what changed between two of them. */
import type { VerdictDraft } from '#domain/verdict.ts'
import { getCase } from '#io/database/cases/cases.ts'
import { listEvidence } from '#io/database/cases/evidence.ts'
import { listVerdicts } from '#io/database/cases/verdicts.ts'
import { listPeople } from '#io/database/people/people.ts'
import { actorOf } from '../../../../../desk/actor-of.ts'
import { evidenceIdsOf } from '../../../../../desk/case-view.ts'
import { diffOf } from '../../../../../desk/diff.ts'
import { type DraftFields, draftFieldsOf } from '../../../../../desk/draft-form.ts'
import { namesOf } from '../../../../../desk/inbox-view.ts'
import type { PageServerLoad } from './$types'

const fields = [
  'claim',
  'rating',
  'summary',
  'answer',
  'unknown',
  'notCheckable',
  'lang',
  'appearances',
  'claimedOn',
] as const

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals.needs
  const found = await getCase(db, actorOf(event), event.params.id)
  const [versions, evidence, people] = await Promise.all([
    listVerdicts(db, found.id),
    listEvidence(db, found.id),
    Promise.all([found.organisationId, ...found.partners].map((one) => listPeople(db, one))),
  ])
  const ids = evidenceIdsOf(evidence)
  const asked = (name: string) =>
    versions.find(({ version }) => String(version) === event.url.searchParams.get(name))
  const later = asked('to') ?? versions[0]
  const earlier = asked('from') ?? versions.find(({ version }) => version < (later?.version ?? 0))
  const textOf = (draft: VerdictDraft | undefined) => (draft ? draftFieldsOf(draft, ids) : null)
  return {
    claim: found.claim,
    caseId: found.id,
    versions: versions.map(({ content: _content, ...version }) => version),
    names: namesOf(people.flat()),
    from: earlier?.version ?? null,
    to: later?.version ?? null,
    changes: changesOf(textOf(earlier?.content), textOf(later?.content)),
  }
}

function changesOf(earlier: DraftFields | null, later: DraftFields | null) {
  if (later === null) return []
  // The first version changed nothing: it is shown as it is.
  const partsOf = (before: string, after: string) => diffOf(earlier === null ? after : before, after)
  const single = fields.map((field) => ({
    field,
    lang: null as string | null,
    parts: partsOf(earlier?.[field] ?? '', later[field]),
  }))
  const langs = new Set([...later.translations, ...(earlier?.translations ?? [])].map(({ lang }) => lang))
  const textIn = (draft: DraftFields | null, lang: string) => {
    const one = draft?.translations.find((translation) => translation.lang === lang)
    return one
      ? [one.claim, one.summary, one.answer, one.unknown].filter((text) => text !== '').join('\n')
      : ''
  }
  const translated = [...langs].map((lang) => ({
    field: 'translation' as const,
    lang,
    parts: partsOf(textIn(earlier, lang), textIn(later, lang)),
  }))
  return [...single, ...translated].filter(({ parts }) => parts.length > 0)
}
