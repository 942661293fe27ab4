/**
 * message → normalise → candidates → rank → decide → answer. Reads only, and keeps nothing of what was asked. Where an
 * embedder is set and the caller wants it, the message's vector is asked for first: soon, or the answer is given without.
 */
import { type GroupedAnswer, groupAnswer } from '#domain/answer-group.ts'
import { AssayError } from '#domain/errors.ts'
import { type Message, messageLimits } from '#domain/message.ts'
import { redact } from '#domain/redaction.ts'
import { findPersonalData } from '#formats/personal-data/find-personal-data.ts'
import { findClaimReviews } from '#io/database/claim-reviews.ts'
import { embeddedText } from '#matching/meaning/embedded-text.ts'
import { sameClaim } from '#matching/same-claim.ts'
import { languageOf } from '#matching/text/language.ts'
import type { Needs } from '../needs.ts'
import { countriesOf } from '../redact-tip.ts'

/** Matches in one answer: more than a screen of them helps nobody. */
export const answerLimits = { default: 10, max: 50 } as const

export interface AnswerOptions {
  limit?: number
  /**
   * Whether meaning is compared too, where an embedder is set. Only for what people ask: a remote embedder is somebody
   * else's machine, and what is sent in as a tip never goes there.
   */
  byMeaning?: boolean
}

/**
 * @throws invalid for a message with nothing in it, too_large for one beyond `messageLimits`, unavailable when nothing
 * fits but not every review is in the index yet: that would not be honest silence
 */
export async function answerMessage(
  { engine, index, db, metrics, embedder }: Pick<Needs, 'engine' | 'index' | 'db' | 'metrics' | 'embedder'>,
  message: Message,
  { limit = answerLimits.default, byMeaning = false }: AnswerOptions = {},
): Promise<GroupedAnswer> {
  const asked = readable(message)
  const found =
    byMeaning && embedder?.message
      ? engine.find(asked, limit, (await vectorOf(asked, embedder.message)) ?? undefined)
      : engine.find(asked, limit)
  const reviews = await findClaimReviews(
    db,
    found.matches.map(({ id }) => id),
  )
  const byId = new Map(reviews.map((review) => [review.id, review]))
  // A review that was removed since the index last looked is no answer any more.
  const matches = found.matches.flatMap(({ id, confidence, why }) => {
    const claimReview = byId.get(id)
    return claimReview ? [{ confidence, why, claimReview }] : []
  })
  const decision = matches.length === 0 ? 'none' : found.decision
  if (decision === 'none' && !index.ready) {
    throw new AssayError(
      'unavailable',
      'Assay has just started and is still reading its records; ask again in a few seconds.',
    )
  }
  metrics.answers.inc({ decision })
  return groupAnswer({ decision, matches }, sameClaim)
}

/** Of the text alone, with personal data masked: no address and nothing else goes to a model. */
async function vectorOf(
  { text, lang }: Message,
  vector: (text: string) => Promise<Float32Array | null>,
): Promise<Float32Array | null> {
  const line = embeddedText(text)
  if (line === null) return null
  return await vector(redact(line, findPersonalData(line, countriesOf(languageOf(line) ?? lang, null))))
}

/** The message in whole characters, or a sentence that says why it cannot be one. */
function readable({ text, links, lang }: Message): Message {
  const { textMax, linksMax, linkMax } = messageLimits
  if (text.length > textMax) {
    throw new AssayError(
      'too_large',
      `The text has ${text.length} characters; paste the part that matters, at most ${textMax}.`,
    )
  }
  if (links.length > linksMax || links.some((link) => link.length > linkMax)) {
    throw new AssayError('too_large', `Give at most ${linksMax} links of at most ${linkMax} characters.`)
  }
  if (text.trim() === '' && links.length === 0) {
    throw new AssayError('invalid', 'There is no message; paste the text or link that you want to check.')
  }
  return { text: text.toWellFormed().replaceAll('\0', ' '), links, lang }
}
