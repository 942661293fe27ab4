/** Who published a review: from `author`, `publisher` and the review's own address, which must agree. */
import { type ReviewRecord, reviewLimits } from '#domain/claim-review.ts'
import { isObject, type JsonObject, listOf } from '../json/json-value.ts'
import { isSameDomain, siteOf, webAddress } from '../urls/web-address.ts'
import { resolved } from './find-reviews.ts'
import { addressesOf, property, textOf, typesOf } from './schema-node.ts'

interface Party {
  name: string | null
  addresses: string[]
  isPerson: boolean
}

export interface PublisherContext {
  reviewUrl: string | null
  base: string | null
  byId: ReadonlyMap<string, JsonObject>
  /** The host to take where the record names none. */
  assumed: string | null
  note(name: string, message: string, value: unknown): void
}

/**
 * The first organisation among author and publisher; a person's name is a byline, not a publisher. Its address counts
 * only where it shares the review's registrable domain: no page can publish under another site's name.
 */
export function readPublisher(node: JsonObject, context: PublisherContext): ReviewRecord['publisher'] {
  const parties = ['author', 'publisher', 'creator', 'provider'].flatMap((name) =>
    listOf(property(node, name))
      .slice(0, 10)
      .map((value) => partyOf(resolved(value, context.byId), context.base)),
  )
  const organisation = parties.find(
    (party) => !party.isPerson && (party.name !== null || party.addresses.length > 0),
  )
  const addresses = (organisation ? [organisation] : parties).flatMap((party) => party.addresses)
  if (organisation === undefined && parties.length === 0) {
    context.note('author', 'author is missing: name the organisation that publishes the review', node)
  }
  const { reviewUrl } = context
  const own = addresses.find((address) => reviewUrl === null || isSameDomain(address, reviewUrl))
  if (own === undefined && addresses.length > 0 && organisation !== undefined) {
    const message =
      "author.url is on another site than the review: the review's own site is taken as the publisher"
    context.note('author', message, addresses)
  }
  const site = siteOf(own ?? reviewUrl ?? '') ?? context.assumed
  return { site, name: organisation?.name ?? null }
}

function partyOf(value: unknown, base: string | null): Party {
  if (!isObject(value)) {
    const written = textOf(value, reviewLimits.nameMax)
    const address = written === null ? null : webAddress(written, null)
    return address === null
      ? { name: written, addresses: [], isPerson: false }
      : { name: null, addresses: [address], isPerson: isByline(address) }
  }
  const addresses = addressesOf(value, 5)
    .map((address) => webAddress(address, base))
    .filter((address) => address !== null)
  const types = typesOf(value)
  return {
    name: textOf(property(value, 'name') ?? property(value, 'legalName'), reviewLimits.nameMax),
    addresses,
    isPerson: types.includes('person') || (addresses[0] !== undefined && isByline(addresses[0])),
  }
}

/** Authors' own pages are people, also where the markup calls them organisations. */
function isByline(address: string): boolean {
  return /\/(?:authors?|autor(?:es|en)?|auteurs?|profile|people)\/./i.test(URL.parse(address)?.pathname ?? '')
}
