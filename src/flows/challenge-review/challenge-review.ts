/**
 * Somebody outside says that a review of ours is wrong → redact → seal → receipt. Nothing of who it was comes in here but
 * the address for a reply, if they want one; it is sealed with the text, and goes with it once somebody has decided.
 */
import {
  type ChallengeState,
  type ChallengeText,
  challengeLimits,
  problemsOfChallenge,
} from '#domain/challenge.ts'
import { AssayError } from '#domain/errors.ts'
import { type ChallengeId, type ClaimReviewId, newId } from '#domain/ids.ts'
import { receiptBytes } from '#domain/receipt.ts'
import { redact } from '#domain/redaction.ts'
import { dayOf } from '#domain/tip.ts'
import { findPersonalData } from '#formats/personal-data/find-personal-data.ts'
import { receiptSecret } from '#formats/receipts/format-receipt.ts'
import { parseReceipt } from '#formats/receipts/parse-receipt.ts'
import {
  countOpenChallenges,
  findChallengeOfReceipt,
  insertChallenge,
  type SealedChallenge,
} from '#io/database/publications/challenges.ts'
import { listPublications } from '#io/database/publications/publications.ts'
import { newItemKey, openWith, sealWith } from '#io/keys.ts'
import type { Needs } from '../needs.ts'
import { steadily } from '../steady.ts'

export type ChallengeNeeds = Pick<Needs, 'db' | 'clock' | 'ids' | 'keys'>

/** The receipt's secret. The same form sent again gets the same. @throws invalid, not_found, unavailable */
export async function challengeReview(
  { db, clock, ids, keys }: ChallengeNeeds,
  sent: { claimReviewId: ClaimReviewId; text: string; contact: string; clientId: string },
): Promise<Uint8Array> {
  const [problem] = problemsOfChallenge(sent)
  if (problem) throw new AssayError('invalid', problem.message)
  const [first] = (await listPublications(db, sent.claimReviewId)).slice(-1)
  if (!first) throw new AssayError('not_found', 'There is no review of ours under this id.')
  if ((await countOpenChallenges(db, sent.claimReviewId)) >= challengeLimits.openMax) {
    throw new AssayError('unavailable', 'Many have challenged this review already; it will be decided first.')
  }
  const same = JSON.stringify([sent.clientId, sent.claimReviewId, sent.text])
  const receipt = receiptSecret(keys.mac('challenge', `receipt ${same}`))
  const day = dayOf(clock.now())
  const key = newItemKey()
  const text: ChallengeText = {
    redacted: redact(sent.text, findPersonalData(sent.text, [])),
    contact: sent.contact.trim() || null,
  }
  await db.transaction().execute((tx) =>
    insertChallenge(tx, {
      id: newId<ChallengeId>({ now: () => new Date(day), randomBytes: (count) => ids.randomBytes(count) }),
      claimReviewId: sent.claimReviewId,
      organisationId: first.organisationId,
      sealed: sealWith(key, Buffer.from(JSON.stringify(text))),
      wrappedKey: keys.seal('challenge', key),
      wantsReply: text.contact !== null,
      receiptMac: keys.mac('challenge', receipt),
      clientMac: keys.mac('challenge', `known ${same}`),
      day,
    }),
  )
  return receipt
}

export interface ChallengeStatus {
  claimReviewId: ClaimReviewId
  state: ChallengeState
  day: string
  reasons: string | null
}

/** Null when nothing is found, whatever the reason; every answer takes as long. */
export async function readChallenge(
  { db, keys, ids }: ChallengeNeeds,
  text: string,
): Promise<ChallengeStatus | null> {
  return steadily(async () => {
    // What is no receipt is looked for as well, as one that nobody has.
    const secret = parseReceipt(text) ?? ids.randomBytes(receiptBytes)
    const found = await findChallengeOfReceipt(db, keys.mac('challenge', secret))
    return (
      found && {
        claimReviewId: found.claimReviewId,
        state: found.state,
        day: found.day,
        reasons: found.reasons,
      }
    )
  })
}

/** What was written, for the desk; null once it was decided. */
export function openChallenge(
  { keys }: Pick<Needs, 'keys'>,
  { sealed, wrappedKey }: SealedChallenge,
): ChallengeText | null {
  const key = wrappedKey && keys.open('challenge', wrappedKey)
  const bytes = key && sealed && openWith(key, sealed)
  return bytes ? (JSON.parse(Buffer.from(bytes).toString()) as ChallengeText) : null
}
