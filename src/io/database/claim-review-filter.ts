/** What lists of claim reviews can be narrowed by. There is no filter by who said it, and there will be none (promise 2). */
import { type SelectQueryBuilder, sql } from 'kysely'
import type { PublisherId } from '#domain/ids.ts'
import type { RatingValue } from '#domain/rating.ts'
import { siteOf } from './review-identity.ts'
import type { Tables } from './schema.ts'
import { topicWordsOf } from './topic-words.ts'
import { primaryLanguage } from './upsert-claim-reviews.ts'

/** All given ones must hold. */
export interface ClaimReviewFilter {
  /** BCP 47; `en` and `en-US` find the same. */
  lang?: string | undefined
  publisherId?: PublisherId | undefined
  /** Host of the publisher, with or without `www.`. */
  site?: string | undefined
  ratingValue?: RatingValue | undefined
  /** All of its words stand in claim or title, in any order. */
  topic?: string | undefined
  /** Date of the review (where it has none: of its first sight), this moment included. */
  from?: Date | undefined
  /** This moment not included. */
  to?: Date | undefined
}

type Joined = Tables & { c: Tables['claim_reviews']; p: Tables['publishers'] }

export function filtered<Row>(
  query: SelectQueryBuilder<Joined, 'c' | 'p', Row>,
  { lang, publisherId, site, ratingValue, topic, from, to }: ClaimReviewFilter,
): SelectQueryBuilder<Joined, 'c' | 'p', Row> {
  const words = topic === undefined ? [] : topicWordsOf(topic)
  return query
    .$if(lang !== undefined, (q) => q.where('c.lang', '=', primaryLanguage(lang!)))
    .$if(publisherId !== undefined, (q) => q.where('c.publisher_id', '=', publisherId!))
    .$if(site !== undefined, (q) => q.where('p.key', '=', siteOf(site!)))
    .$if(ratingValue !== undefined, (q) => q.where('c.rating_value', '=', ratingValue!))
    .$if(words.length > 0, (q) => q.where('c.topic_words', '@>', sql<string[]>`${words}::text[]`))
    .$if(from !== undefined, (q) => q.where('c.listed_at', '>=', from!))
    .$if(to !== undefined, (q) => q.where('c.listed_at', '<', to!))
}
