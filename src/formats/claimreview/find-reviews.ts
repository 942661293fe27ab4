/** Finds the reviews in schema.org data of any shape, and the articles that they stand in. */
import { isObject, type JsonObject, member, pathTo, stringMember } from '../json/json-value.ts'
import { property, typesOf } from './schema-node.ts'

/** Values that are looked at in one document; a publisher's whole feed has fewer. */
export const nodesMax = 5_000_000

export interface FoundReview {
  node: JsonObject
  path: string
  /** The page that the document says the review is on, as written. */
  pageUrl: string | null
}

export interface FoundNodes {
  reviews: FoundReview[]
  /** Articles and pages in the same document, which often know title, date and language. */
  articles: FoundReview[]
  /** Nodes that others refer to by `{"@id": …}`. */
  byId: ReadonlyMap<string, JsonObject>
  /** Whether the document was larger than `nodesMax`: the rest was not looked at. */
  isCut: boolean
}

const articleTypes = /article$|^blogposting$|^webpage$|^report$/
/** Types whose `url` is the page of the reviews inside them. */
const pageTypes = /article$|^blogposting$|^webpage$|^report$|^datafeeditem$|^listitem$/

interface Place {
  value: unknown
  /** How the walk came here; paths are written out only for what is found. */
  from: Place | string
  step: string | number
  pageUrl: string | null
}

function pathOf(place: Place): string {
  const steps: (string | number)[] = []
  let at: Place | string = place
  while (typeof at !== 'string') {
    steps.push(at.step)
    at = at.from
  }
  // the outermost place is the document itself, whose path is `at`
  return steps.slice(0, -1).reduceRight<string>(pathTo, at)
}

/** Walks in document order without recursion, so that depth costs nothing. */
export function findReviews(
  documents: { value: unknown; path: string }[],
  pageUrl: string | null,
): FoundNodes {
  const reviews: FoundReview[] = []
  const articles: FoundReview[] = []
  const byId = new Map<string, JsonObject>()
  const open: Place[] = documents
    .map(({ value, path }) => ({ value, from: path, step: '', pageUrl }))
    .reverse()
  let looked = 0
  while (open.length > 0 && looked++ < nodesMax) {
    const place = open.pop()!
    if (Array.isArray(place.value)) {
      for (let at = place.value.length - 1; at >= 0; at--) push(place.value[at], place, at, place.pageUrl)
    } else if (isObject(place.value)) {
      const inside = note(place.value, place)
      // what a review has under `properties` is its own
      const isFound = reviews.at(-1)?.node === place.value
      for (const key of Object.keys(place.value).reverse()) {
        if (key === '@context' || (key === 'properties' && isFound)) continue
        push(place.value[key], place, key, inside)
      }
    }
  }
  return { reviews, articles, byId, isCut: open.length > 0 }

  function push(value: unknown, place: Place, step: string | number, inside: string | null): void {
    if (typeof value === 'object' && value !== null) open.push({ value, from: place, step, pageUrl: inside })
  }

  /** Keeps the node if it is one that we look for; the page of what is inside it. */
  function note(node: JsonObject, place: Place): string | null {
    const around = place.pageUrl
    const types = typesOf(node)
    const id = stringMember(node, '@id')
    const isReference = Object.keys(node).every(
      (key) => key === '@id' || key === '@type' || key === '@context',
    )
    if (id !== null && !isReference && !byId.has(id)) byId.set(id, node)
    const wrapperUrl = stringMember(node, 'page_url') ?? stringMember(node, 'pageUrl')
    if (isReview(node, types)) {
      if (!isReference) reviews.push({ node, path: pathOf(place), pageUrl: around })
      return around
    }
    const isArticle = types.some((type) => articleTypes.test(type))
    if (isArticle && !isReference) articles.push({ node, path: pathOf(place), pageUrl: around })
    const own = types.some((type) => pageTypes.test(type)) ? property(node, 'url') : undefined
    return wrapperUrl ?? (typeof own === 'string' && own.trim() !== '' ? own.trim() : around)
  }
}

/** A node that reviews a claim, also where its author forgot the type. */
function isReview(node: JsonObject, types: string[]): boolean {
  return (
    types.includes('claimreview') || (types.length === 0 && property(node, 'claimReviewed') !== undefined)
  )
}

/** The node that a reference means, or the value itself. */
export function resolved(value: unknown, byId: ReadonlyMap<string, JsonObject>): unknown {
  if (!isObject(value)) return value
  const keys = Object.keys(value)
  const id = member(value, '@id')
  if (typeof id !== 'string' || keys.some((key) => key !== '@id' && key !== '@type')) return value
  return byId.get(id) ?? value
}
