/** An organisation as schema.org has it. Source: schema.org NewsMediaOrganization and Organization, ClaimReview's `author`. */
import type { Organisation } from '#domain/organisation.ts'

/**
 * The script element for a page's head; policies are the sections of that page, `url`. No text of it can end the
 * element or begin a comment: `<` is written as an escape.
 */
export function formatOrganisation(
  { name, profile }: Pick<Organisation, 'name' | 'profile'>,
  url: string,
): string {
  const section = (field: keyof typeof profile) =>
    profile[field].trim() === '' ? undefined : `${url}#${field}`
  const contact = profile.staffContact.trim()
  const value = {
    '@context': 'https://schema.org',
    '@type': 'NewsMediaOrganization',
    '@id': url,
    url: profile.website || url,
    name,
    description: profile.about.trim() || undefined,
    verificationFactCheckingPolicy: section('method'),
    correctionsPolicy: section('correctionsPolicy'),
    ownershipFundingInfo: section('ownership') ?? section('funding'),
    contactPoint: contact === '' ? undefined : { '@type': 'ContactPoint', description: contact },
  }
  return `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`
}
