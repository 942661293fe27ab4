/** What answers a rumour or a tip, as entries of a feed: each telling one of its own, so that a correction is news. */
import type { ToldReview } from '#domain/receipt.ts'
import type { FeedEntry } from '#formats/feeds/format-feeds.ts'
import { addressOf } from '../words/address.ts'
import type { Language } from '../words/languages.ts'
import type { Words } from '../words/words.ts'
import { timeOf } from './send-feed.ts'

export interface FeedSite {
  publicUrl: string
  /** Of the feed, without its ending. */
  path: string
  language: Language
  words: Words
}

/** @param answers newest telling first */
export function toldEntries(answers: ToldReview[], site: FeedSite): FeedEntry[] {
  return answers.map((answer) => entryOf(answer, site))
}

function entryOf({ id, kind, day, claimReviewId, claimReview }: ToldReview, site: FeedSite): FeedEntry {
  const { t } = site.words
  const told = t(`status.told.${kind}`)
  const rating =
    claimReview?.rating.words ?? (claimReview?.rating.value && t(`rating.${claimReview.rating.value}`))
  const finding = [rating, claimReview?.summary].filter(Boolean).join(': ')
  const kept = `/${claimReview === null ? 'reviews' : 'claim-reviews'}/${claimReviewId}`
  return {
    id: `${site.publicUrl}${site.path}#${id}`,
    url: claimReview?.url ?? addressOf(site.publicUrl + kept, { lang: site.language }),
    markupUrl: null,
    title: claimReview === null ? told : `${told}: ${claimReview.claim}`,
    summary: finding || t('status.told.page'),
    lang: claimReview?.lang ?? site.language,
    organisation: claimReview?.publisher.name ?? 'Assay',
    publishedAt: timeOf(day),
    updatedAt: timeOf(day),
  }
}
