/** One rumour, opened: its tips, redacted, and the published reviews of anybody that may answer it already, with why. */
import type { Actor } from '#domain/actor.ts'
import type { ClaimReview } from '#domain/claim-review.ts'
import { AssayError } from '#domain/errors.ts'
import type { TipId } from '#domain/ids.ts'
import type { Match, Why } from '#domain/message.ts'
import type { OpenedTip } from '#domain/tip.ts'
import { findInboxItem } from '#io/database/cases/inbox.ts'
import { findClaimReviews } from '#io/database/claim-reviews.ts'
import { countTips, listTipsOfRumour } from '#io/database/tips/tips.ts'
import type { Needs } from '../needs.ts'
import { openTips } from '../tip-texts.ts'
import { viewOf } from './read-inbox.ts'

export const rumourLimits = {
  /** Tips on one page. */
  tipsMax: 25,
  /** Different wordings that are matched against the reviews; more of them say the same. */
  matchedMax: 4,
  /** Reviews offered. */
  reviewsMax: 8,
} as const

export interface OpenedRumour {
  item: NonNullable<Awaited<ReturnType<typeof findInboxItem>>>
  tips: OpenedTip[]
  tipCount: number
  /** Where the next tips start; null at the end. */
  nextAfter: TipId | null
  /** Best first. `related`: near, and no answer. */
  matches: { claimReview: ClaimReview; confidence: number; why: Why[]; related: boolean }[]
}

/** @throws not_found, also for who has no organisation */
export async function readRumour(
  needs: Pick<Needs, 'db' | 'clock' | 'keys' | 'fadingKeys' | 'engine'>,
  actor: Actor,
  { id, after }: { id: string; after?: TipId | undefined },
): Promise<OpenedRumour> {
  const { db } = needs
  const item = await findInboxItem(db, viewOf(needs, actor), id)
  if (!item) throw new AssayError('not_found', 'There is no rumour of this id here.')
  const { tipsMax } = rumourLimits
  const sealed = await listTipsOfRumour(db, item.id, { limit: tipsMax + 1, after })
  const tips = await openTips(needs, sealed.slice(0, tipsMax))
  return {
    item,
    tips,
    tipCount: await countTips(db, item.id),
    nextAfter: sealed.length > tipsMax ? (tips.at(-1)?.id ?? null) : null,
    matches: await matchesOf(needs, item.text, tips),
  }
}

async function matchesOf(
  { db, engine }: Pick<Needs, 'db' | 'engine'>,
  text: string | null,
  tips: OpenedTip[],
): Promise<OpenedRumour['matches']> {
  const best = new Map<string, Match & { related: boolean }>()
  for (const message of messagesOf(text, tips)) {
    const { decision, matches } = engine.find(message, rumourLimits.reviewsMax)
    for (const match of matches) {
      if ((best.get(match.id)?.confidence ?? -1) >= match.confidence) continue
      best.set(match.id, { ...match, related: decision !== 'answered' })
    }
  }
  const matches = [...best.values()]
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, rumourLimits.reviewsMax)
  const reviews = await findClaimReviews(
    db,
    matches.map(({ id }) => id),
  )
  const byId = new Map(matches.map((match) => [match.id, match]))
  return reviews.map((claimReview) => {
    const { confidence, why, related } = byId.get(claimReview.id)!
    return { claimReview, confidence, why, related }
  })
}

/** The wording, then wordings of tips, each once. */
function messagesOf(text: string | null, tips: OpenedTip[]) {
  const messages = text === null ? [] : [{ text, links: [] as string[], lang: null as string | null }]
  const seen = new Set(messages.map((message) => message.text))
  for (const { content, lang } of tips) {
    if (content === null || seen.has(content.text) || messages.length >= rumourLimits.matchedMax) continue
    seen.add(content.text)
    messages.push({ text: content.text, links: content.links, lang })
  }
  return messages
}
