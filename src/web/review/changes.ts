/** What a publisher changed between two versions of a claim review, field by field. */
import type { ClaimReviewVersion } from '#io/database/claim-reviews.ts'

type ShownRecord = ClaimReviewVersion['record']

/** In the order in which a page shows them. */
const fields = [
  'claim',
  'rating',
  'title',
  'summary',
  'ratingExplanation',
  'url',
  'lang',
  'reviewedAt',
  'claimedAt',
  'appearances',
  'claimant',
] as const satisfies (keyof ShownRecord)[]

export interface FieldChange {
  field: (typeof fields)[number]
  /** As text; null where there was nothing. */
  before: string | null
  after: string | null
}

export interface VersionChange {
  version: number
  seenAt: string
  /** Empty for the first version, and where only something changed that is not shown. */
  changes: FieldChange[]
}

/** Newest first, as they come; each is compared with the one before it. */
export function changesOf(versions: ClaimReviewVersion[]): VersionChange[] {
  return versions.map(({ version, seenAt, record }, place) => {
    const earlier = versions[place + 1]?.record
    const changes = earlier === undefined ? [] : fields.flatMap((field) => changeOf(field, earlier, record))
    return { version, seenAt, changes }
  })
}

function changeOf(field: FieldChange['field'], earlier: ShownRecord, later: ShownRecord): FieldChange[] {
  const before = textOf(earlier, field)
  const after = textOf(later, field)
  return before === after ? [] : [{ field, before, after }]
}

function textOf(record: ShownRecord, field: FieldChange['field']): string | null {
  if (field === 'rating') {
    const { words, scale } = record.rating
    const number = scale === null ? null : `${scale.value} (${scale.worst}–${scale.best})`
    return words !== null && number !== null ? `${words}, ${number}` : (words ?? number)
  }
  if (field === 'appearances') return record.appearances.length === 0 ? null : record.appearances.join('\n')
  return record[field]
}
