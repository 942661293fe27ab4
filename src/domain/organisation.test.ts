import { describe, expect, test } from 'vitest'
import {
  emptyProfile,
  neededFields,
  type OrganisationProfile,
  organisationLimits,
  problemsOfOrganisation,
  problemsOfPublishing,
  shortNameOf,
} from './organisation.ts'

const text = 'x'.repeat(organisationLimits.textMin)
const full: OrganisationProfile = {
  ...emptyProfile,
  method: text,
  funding: text,
  ownership: text,
  staffContact: 'a@b.example',
  correctionsPolicy: text,
}
const ratingScale = [
  { label: 'Right', value: 'true' as const },
  { label: 'Wrong', value: 'false' as const },
]

describe('before it may publish', () => {
  test('a full profile and a scale of two steps are enough', () => {
    expect(problemsOfPublishing({ profile: full, ratingScale })).toEqual([])
  })

  test.each(neededFields)('%s must be filled, and not by spaces', (field) => {
    const problems = [{ field, problem: 'missing' }]
    expect(problemsOfPublishing({ profile: { ...full, [field]: ' \n' }, ratingScale })).toEqual(problems)
    const short = problemsOfPublishing({ profile: { ...full, [field]: 'ab' }, ratingScale })
    expect(short).toEqual([{ field, problem: 'too-short' }])
  })

  test('there must be a scale', () => {
    expect(problemsOfPublishing({ profile: full, ratingScale: [] })).toEqual([
      { field: 'ratingScale', problem: 'too-few' },
    ])
  })
})

describe('what cannot be kept', () => {
  const problemsOf = (changed: Partial<Parameters<typeof problemsOfOrganisation>[0]>) =>
    problemsOfOrganisation({ name: 'North', profile: emptyProfile, ratingScale: [], ...changed })

  test('an empty profile can', () => expect(problemsOf({})).toEqual([]))

  test.each([
    ['no name', { name: ' ' }, 'name', 'missing'],
    ['a long name', { name: 'x'.repeat(121) }, 'name', 'too-long'],
    ['a long text', { profile: { ...emptyProfile, method: 'x'.repeat(10_001) } }, 'method', 'too-long'],
    ['a website that is none', { profile: { ...emptyProfile, website: 'north' } }, 'website', 'no-address'],
    ['a script', { profile: { ...emptyProfile, website: 'javascript:alert(1)' } }, 'website', 'no-address'],
    [
      'the same words twice',
      {
        ratingScale: [
          { label: 'Wrong', value: 'false' as const },
          { label: ' wrong', value: 'misleading' as const },
        ],
      },
      'ratingScale',
      'same-words',
    ],
    [
      'too many steps',
      { ratingScale: Array.from({ length: 21 }, (_, at) => ({ label: `${at}`, value: 'false' as const })) },
      'ratingScale',
      'too-many',
    ],
  ])('%s', (_name, changed, field, problem) => {
    expect(problemsOf(changed)).toEqual([{ field, problem }])
  })
})

test.each([
  ['North Desk', 'north-desk'],
  ['  Ñandú: Vérité & Co. ', 'nandu-verite-co'],
  ['مرصد الحقيقة', 'desk-abc123'],
  ['真查中心', 'desk-abc123'],
  [`${'long '.repeat(20)}`, 'long-long-long-long-long-long-long-long'],
])('the short name of %j is %s', (name, short) => {
  expect(shortNameOf(name, 'desk-abc123')).toBe(short)
})
