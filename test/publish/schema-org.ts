/**
 * The part of schema.org's vocabulary that a published review may use, written by hand from https://schema.org (release
 * 29): which type is of which, which property belongs to which, and what its values may be. A document that uses a term
 * beside these is told, by its path.
 */

type Node = Record<string, unknown>

/** Each type with the type above it. */
const types: Record<string, string | null> = {
  Thing: null,
  CreativeWork: 'Thing',
  Review: 'CreativeWork',
  ClaimReview: 'Review',
  Claim: 'CreativeWork',
  Comment: 'CreativeWork',
  CorrectionComment: 'Comment',
  Dataset: 'CreativeWork',
  DataFeed: 'Dataset',
  Intangible: 'Thing',
  Rating: 'Intangible',
  DataFeedItem: 'Intangible',
  StructuredValue: 'Intangible',
  PropertyValue: 'StructuredValue',
  ContactPoint: 'StructuredValue',
  Organization: 'Thing',
  NewsMediaOrganization: 'Organization',
  Person: 'Thing',
}

/** By the type that has them: property and what its values may be. */
const properties: Record<string, Record<string, string>> = {
  Thing: {
    alternateName: 'Text',
    description: 'Text',
    identifier: 'PropertyValue Text URL',
    image: 'URL',
    mainEntityOfPage: 'CreativeWork URL',
    name: 'Text',
    sameAs: 'URL',
    url: 'URL',
  },
  CreativeWork: {
    abstract: 'Text',
    author: 'Organization Person',
    citation: 'CreativeWork Text',
    correction: 'CorrectionComment Text URL',
    dateCreated: 'Date DateTime',
    dateModified: 'Date DateTime',
    datePublished: 'Date DateTime',
    headline: 'Text',
    inLanguage: 'Language',
    license: 'CreativeWork URL',
    publisher: 'Organization Person',
    sdDatePublished: 'Date',
    sdLicense: 'CreativeWork URL',
    sdPublisher: 'Organization Person',
    text: 'Text',
    translationOfWork: 'CreativeWork',
    workTranslation: 'CreativeWork',
  },
  Review: { itemReviewed: 'Thing', reviewBody: 'Text', reviewRating: 'Rating' },
  ClaimReview: { claimReviewed: 'Text' },
  Claim: { appearance: 'CreativeWork', firstAppearance: 'CreativeWork' },
  DataFeed: { dataFeedElement: 'DataFeedItem Text Thing' },
  DataFeedItem: { dateCreated: 'Date DateTime', dateModified: 'Date DateTime', item: 'Thing' },
  Rating: {
    author: 'Organization Person',
    bestRating: 'Number Text',
    ratingExplanation: 'Text',
    ratingValue: 'Number Text',
    worstRating: 'Number Text',
  },
  PropertyValue: { propertyID: 'Text URL', value: 'Number Text' },
  ContactPoint: { contactType: 'Text', email: 'Text', telephone: 'Text' },
  Organization: {
    contactPoint: 'ContactPoint',
    correctionsPolicy: 'CreativeWork URL',
    ownershipFundingInfo: 'CreativeWork Text URL',
    publishingPrinciples: 'CreativeWork URL',
  },
  NewsMediaOrganization: { verificationFactCheckingPolicy: 'CreativeWork URL' },
}

const literals: Record<string, (value: unknown) => boolean> = {
  Text: (value) => typeof value === 'string' && value.trim() !== '',
  Number: (value) => typeof value === 'number' && Number.isFinite(value),
  URL: (value) => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
  Date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  DateTime: (value) =>
    typeof value === 'string' && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)),
  Language: (value) => typeof value === 'string' && Intl.getCanonicalLocales(value).length === 1,
}

/** Every term that is not schema.org's, and every value that its property cannot have, by path. */
export function problemsOfJsonLd(value: unknown, path = '$'): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no node`]
  const node = value as Node
  const type = node['@type']
  if (typeof type !== 'string' || !(type in types)) return [`${path}: no type of schema.org: ${String(type)}`]
  return Object.entries(node).flatMap(([name, held]) => {
    if (name === '@type') return []
    if (name === '@context') return held === 'https://schema.org' ? [] : [`${path}: another context`]
    if (name === '@id') return literals.URL!(held) ? [] : [`${path}.@id: no address`]
    const expected = expectedOf(type, name)
    if (expected === null) return [`${path}.${name}: no property of ${type}`]
    const values = Array.isArray(held) ? held : [held]
    return values.flatMap((one, at) => {
      const place = Array.isArray(held) ? `${path}.${name}[${at}]` : `${path}.${name}`
      if (typeof one !== 'object') {
        return expected.some((kind) => literals[kind]?.(one)) ? [] : [`${place}: no ${expected.join(' or ')}`]
      }
      const below = String((one as Node | null)?.['@type'])
      const fits = expected.some((kind) => isOf(below, kind))
      return [
        ...(fits ? [] : [`${place}: ${below} is no ${expected.join(' or ')}`]),
        ...problemsOfJsonLd(one, place),
      ]
    })
  })
}

function expectedOf(type: string, property: string): string[] | null {
  for (let at: string | null = type; at !== null; at = types[at] ?? null) {
    const found = properties[at]?.[property]
    if (found !== undefined) return found.split(' ')
  }
  return null
}

function isOf(type: string, kind: string): boolean {
  for (let at: string | null = type; at != null; at = types[at] ?? null) if (at === kind) return true
  return false
}

/**
 * What a search engine asks of a ClaimReview beside its vocabulary: required first. `*` stands for the items of a list.
 * Source: https://developers.google.com/search/docs/appearance/structured-data/factcheck
 */
export const googleRules = {
  required: ['claimReviewed', 'reviewRating', 'reviewRating.alternateName', 'url'],
  recommended: [
    'author.name',
    'author.url',
    'itemReviewed',
    'itemReviewed.datePublished',
    'itemReviewed.appearance.*.url',
    'itemReviewed.firstAppearance.url',
  ],
  /** Where the finding is a degree of truth. */
  ofDegrees: ['reviewRating.ratingValue', 'reviewRating.bestRating', 'reviewRating.worstRating'],
} as const

/** Those of the paths at which a document has nothing. */
export function lackingIn(document: unknown, paths: readonly string[]): string[] {
  return paths.filter((path) => {
    let found: unknown[] = [document]
    for (const name of path.split('.')) {
      found = found.flatMap((one) =>
        name === '*' ? (one as unknown[]) : [(one as Node | undefined)?.[name]],
      )
    }
    return found.length === 0 || found.some((one) => one === undefined || one === null || one === '')
  })
}
