/** The one way into the publications: a document, its entry for the public log and its place among all claim reviews. */
import { createHash, randomBytes } from 'node:crypto'
import { AssayError } from '#domain/errors.ts'
import type {
  CaseId,
  ChallengeId,
  ClaimReviewId,
  OrganisationId,
  RevisionId,
  VerdictId,
} from '#domain/ids.ts'
import { formatLogEntry, type LogEntry } from '#domain/log-entry.ts'
import {
  digestedBytes,
  formatDocument,
  isVerdictDocument,
  logLabelOf,
  type PublishedDocument,
  recordOfDocument,
  saltBytes,
  siteOfUrl,
} from '#domain/publication.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { notify } from '#io/database/connection/hints.ts'
import { insertLogEntry } from '#io/database/log/log-entries.ts'
import {
  findFirstOrganisation,
  insertPublication,
  type Publication,
} from '#io/database/publications/publications.ts'
import type { Tx } from '#io/database/schema.ts'
import { removeClaimReview, upsertOwnClaimReview } from '#io/database/upsert-claim-reviews.ts'
import type { Needs } from '../needs.ts'

export type PublishNeeds = Pick<Needs, 'db' | 'clock' | 'ids' | 'config'>

export interface Published {
  claimReviewId: ClaimReviewId
  version: number
  leafHash: Uint8Array
}

/** Where a document comes from; what is not given is null. */
interface Origin {
  organisationId: OrganisationId
  caseId: CaseId
  verdictId?: VerdictId
  revisionId?: RevisionId
  challengeId?: ChallengeId
}

/** Writes a document with all that hangs on it, in the caller's transaction. `earlier`: newest first. */
export async function recordPublication(
  tx: Tx,
  { config, ids }: PublishNeeds,
  document: PublishedDocument,
  origin: Origin,
  { earlier, now }: { earlier: readonly Publication[]; now: Date },
): Promise<Published> {
  const text = formatDocument(document)
  const salt = new Uint8Array(randomBytes(saltBytes))
  const bytes = formatLogEntry({
    kind: document.kind,
    id: document.id,
    organisation: document.organisation.shortName,
    ...revisedEntry(earlier),
    label: logLabelOf(document),
    sha256: createHash('sha256').update(digestedBytes(salt, text)).digest('hex'),
    time: document.publishedAt,
  })
  const leaf = leafHash(bytes)
  await insertLogEntry(tx, { leafHash: leaf, bytes, kind: document.kind, claimReviewId: document.id }, now)
  await insertPublication(
    tx,
    {
      claimReviewId: document.id,
      version: document.version,
      organisationId: origin.organisationId,
      caseId: origin.caseId,
      verdictId: origin.verdictId ?? null,
      revisionId: origin.revisionId ?? null,
      challengeId: origin.challengeId ?? null,
      kind: document.kind,
      document: text,
      salt,
      leafHash: leaf,
    },
    now,
  )
  if (isVerdictDocument(document)) {
    const firstPublishedAt = (earlier.at(-1)?.publishedAt ?? now).toISOString()
    const record = recordOfDocument(document, { publicUrl: config.publicUrl, firstPublishedAt })
    const publisher = await publisherKeyOf(tx, config.publicUrl, origin.organisationId, document.organisation)
    await upsertOwnClaimReview(tx, { id: document.id, record, publisher }, { now, ids })
  } else if (document.kind === 'withdrawal') {
    await removeClaimReview(tx, document.id)
  }
  await notify(tx, 'log')
  return { claimReviewId: document.id, version: document.version, leafHash: leaf }
}

/** The place of the version before; nulls for a first verdict. @throws unavailable while that is on its way */
function revisedEntry(earlier: readonly Publication[]): Pick<LogEntry, 'revises' | 'revisesIn'> {
  const [last] = earlier
  if (last === undefined) return { revises: null, revisesIn: null }
  if (last.entry.index === null) {
    throw new AssayError(
      'unavailable',
      'The version before is still on its way into the public log; try again in a minute.',
    )
  }
  return { revises: last.entry.index, revisesIn: last.entry.origin }
}

/** The site's host stands for its oldest organisation; the others are publishers under their own names. */
async function publisherKeyOf(
  tx: Tx,
  publicUrl: string,
  organisationId: OrganisationId,
  { shortName, name }: { shortName: string; name: string },
) {
  const site = siteOfUrl(publicUrl)
  return (await findFirstOrganisation(tx)) === organisationId
    ? { key: site, site, name }
    : { key: `${site}/${shortName}`, site: null, name }
}
