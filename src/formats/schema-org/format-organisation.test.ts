import { expect, test } from 'vitest'
import { emptyProfile } from '#domain/organisation.ts'
import { formatOrganisation } from './format-organisation.ts'

const url = 'https://assay.example/organisations/north'
const read = (markup: string): Record<string, unknown> =>
  JSON.parse(/^<script type="application\/ld\+json">(.*)<\/script>$/s.exec(markup)![1]!)

test('policies are addresses of the sections that are there', () => {
  const profile = {
    ...emptyProfile,
    method: 'We read.',
    correctionsPolicy: 'We say so.',
    funding: 'Members.',
  }
  expect(read(formatOrganisation({ name: 'North', profile }, url))).toEqual({
    '@context': 'https://schema.org',
    '@type': 'NewsMediaOrganization',
    '@id': url,
    url,
    name: 'North',
    verificationFactCheckingPolicy: `${url}#method`,
    correctionsPolicy: `${url}#correctionsPolicy`,
    ownershipFundingInfo: `${url}#funding`,
  })
})

test.each(['</script><script>alert(1)</script>', '<!--<script>'])('%s in a text is inert', (name) => {
  const markup = formatOrganisation({ name, profile: { ...emptyProfile, about: name } }, url)
  expect(markup.match(/</g)).toHaveLength(2)
  expect(read(markup)).toMatchObject({ name, description: name })
})
