/** A fact-checking organisation: what it must say of itself before it may publish, and its own words for ratings. */
import type { OrganisationId } from './ids.ts'
import { type RatingValue, ratingValues } from './rating.ts'

export interface Organisation {
  id: OrganisationId
  /** In addresses: a-z, 0-9 and hyphens; never changes. */
  shortName: string
  name: string
  profile: OrganisationProfile
  ratingScale: RatingScale
  /** Whether published reviews name the people behind them; otherwise only their roles. */
  showNames: boolean
  /** Whether readers may fetch the archived copies of the evidence that a published review cites. */
  shareCopies: boolean
  /** Counts the edits, so that nobody overwrites what another has saved meanwhile. */
  version: number
}

/** Public, in the organisation's own words; an empty text is not filled yet. */
export interface OrganisationProfile {
  /** One paragraph of who they are. */
  about: string
  /** How claims are chosen, checked and rated. */
  method: string
  funding: string
  ownership: string
  /** How readers reach the people who answer for the work: a mail address, a phone number, a form. */
  staffContact: string
  correctionsPolicy: string
  /** http or https. */
  website: string
}

export const profileFields = [
  'about',
  'method',
  'funding',
  'ownership',
  'staffContact',
  'correctionsPolicy',
  'website',
] as const satisfies readonly (keyof OrganisationProfile)[]
export type ProfileField = (typeof profileFields)[number]

/** What must be there before anything is published. */
export const neededFields = ['method', 'funding', 'ownership', 'staffContact', 'correctionsPolicy'] as const

export const emptyProfile: OrganisationProfile = {
  about: '',
  method: '',
  funding: '',
  ownership: '',
  staffContact: '',
  correctionsPolicy: '',
  website: '',
}

/** The organisation's own rating words, from the best to the worst, each with the value that it stands for. */
export type RatingScale = RatingStep[]
export interface RatingStep {
  label: string
  value: RatingValue
}

/** In characters, and in steps of a scale. */
export const organisationLimits = {
  nameMax: 120,
  textMax: 10_000,
  /** Fewer say nothing of a method or of who pays. */
  textMin: 40,
  contactMin: 5,
  labelMax: 60,
  stepsMax: 20,
  stepsMin: 2,
} as const

export type ProfileProblem = {
  field: ProfileField | 'name' | 'ratingScale'
  problem: 'missing' | 'too-short' | 'too-long' | 'no-address' | 'same-words' | 'too-few' | 'too-many'
}

/** What is missing in the profile before the organisation may publish; empty: nothing. */
export function problemsOfProfile(profile: OrganisationProfile): ProfileProblem[] {
  return neededFields.flatMap((field): ProfileProblem[] => {
    const { length } = profile[field].trim()
    if (length === 0) return [{ field, problem: 'missing' }]
    const min = field === 'staffContact' ? organisationLimits.contactMin : organisationLimits.textMin
    return length < min ? [{ field, problem: 'too-short' }] : []
  })
}

/** What is missing in the scale before a verdict can be rated by it. */
export function problemsOfScale(scale: RatingScale): ProfileProblem[] {
  return scale.length < organisationLimits.stepsMin ? [{ field: 'ratingScale', problem: 'too-few' }] : []
}

/** Everything that keeps the organisation from publishing. */
export function problemsOfPublishing({
  profile,
  ratingScale,
}: Pick<Organisation, 'profile' | 'ratingScale'>): ProfileProblem[] {
  return [...problemsOfProfile(profile), ...problemsOfScale(ratingScale)]
}

/** What cannot be kept at all, apart from what is only not enough yet. */
export function problemsOfOrganisation({
  name,
  profile,
  ratingScale,
}: Pick<Organisation, 'name' | 'profile' | 'ratingScale'>): ProfileProblem[] {
  const { nameMax, textMax, labelMax, stepsMax } = organisationLimits
  const problems: ProfileProblem[] = []
  if (name.trim() === '') problems.push({ field: 'name', problem: 'missing' })
  if (name.length > nameMax) problems.push({ field: 'name', problem: 'too-long' })
  for (const field of profileFields) {
    if (profile[field].length > textMax) problems.push({ field, problem: 'too-long' })
  }
  if (profile.website !== '' && !isWebAddress(profile.website)) {
    problems.push({ field: 'website', problem: 'no-address' })
  }
  if (ratingScale.length > stepsMax) problems.push({ field: 'ratingScale', problem: 'too-many' })
  const labels = ratingScale.map(({ label }) => label.trim().toLowerCase())
  if (labels.includes('')) problems.push({ field: 'ratingScale', problem: 'missing' })
  if (labels.some((label) => label.length > labelMax))
    problems.push({ field: 'ratingScale', problem: 'too-long' })
  if (new Set(labels).size < labels.length) problems.push({ field: 'ratingScale', problem: 'same-words' })
  return problems
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}

/** A scale to begin with: one step for each value, in the words of one language. */
export function firstScale(wordsOf: (value: RatingValue) => string): RatingScale {
  return ratingValues.map((value) => ({ label: wordsOf(value), value }))
}

/** The name in letters of addresses, at most 40; `fallback` when it has none of them. */
export function shortNameOf(name: string, fallback: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
  return letters === '' ? fallback : letters
}
