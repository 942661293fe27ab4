/** What the organisation says of itself, and its rating words: its lead writes them, everybody of it reads them. */
import { type Actions, fail } from '@sveltejs/kit'
import { AssayError, httpStatus } from '#domain/errors.ts'
import {
  emptyProfile,
  firstScale,
  type OrganisationProfile,
  organisationLimits,
  problemsOfPublishing,
  profileFields,
  type RatingScale,
} from '#domain/organisation.ts'
import { can } from '#domain/permissions.ts'
import { ratingValues } from '#domain/rating.ts'
import { describeOrganisation } from '#flows/describe-organisation/describe-organisation.ts'
import { getOrganisation } from '#io/database/people/organisations.ts'
import { actorOf } from '../../../desk/actor-of.ts'
import { textIn } from '../../../desk/form-fields.ts'
import { wordsOf } from '../../../words/words.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = actorOf(event)
  if (actor.organisationId === null) throw new AssayError('not_found', 'An operator has no organisation.')
  const organisation = await getOrganisation(event.locals.needs.db, actor.organisationId)
  const { t } = wordsOf(event.locals.language)
  return {
    organisation,
    missing: problemsOfPublishing(organisation),
    // A scale to begin with, in the words of the reader's language; nothing of it counts before it is saved.
    scale:
      organisation.ratingScale.length > 0
        ? organisation.ratingScale
        : firstScale((value) => t(`rating.${value}`)),
    mayEdit: can(actor, 'edit the organisation'),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const typed = typedIn(await event.request.formData())
    const described = await describeOrganisation(event.locals.needs, actorOf(event), typed)
    if (described.ok) return { saved: true as const }
    if ('problems' in described) return fail(httpStatus.invalid, { typed, problems: described.problems })
    // What was typed stays in the form; what the other has saved stands beside it, and saving again is a decision.
    const { newer } = described
    return fail(httpStatus.conflict, { typed: { ...typed, version: newer.version }, newer })
  },
}

function typedIn(data: FormData) {
  const texts = profileFields.map((field) => [field, textIn(data, field).replaceAll('\r\n', '\n')])
  const profile: OrganisationProfile = { ...emptyProfile, ...Object.fromEntries(texts) }
  return {
    name: textIn(data, 'name').trim(),
    profile,
    ratingScale: scaleIn(data),
    showNames: data.has('showNames'),
    shareCopies: data.has('shareCopies'),
    version: Number(textIn(data, 'version')) || 0,
  }
}

/** The rows with words in them, in their order; one beyond the most shows that there are too many. */
function scaleIn(data: FormData): RatingScale {
  const labels = data.getAll('label').slice(0, organisationLimits.stepsMax + 10)
  const values = data.getAll('value')
  return labels.flatMap((label, at) => {
    const value = ratingValues.find((one) => one === values[at])
    return typeof label === 'string' && label.trim() !== '' && value ? [{ label: label.trim(), value }] : []
  })
}
