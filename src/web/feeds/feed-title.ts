/** The name of a feed of the latest reviews. */
import type { LatestFilter } from '../review/latest-filter.ts'
import type { Words } from '../words/words.ts'

/** What it is narrowed to, behind its name. */
export function titleOf(given: LatestFilter['given'], { t, languageName }: Words): string {
  const rating = given.rating && t(`rating.${given.rating as 'true'}`)
  const parts = [given.words, given.language && languageName(given.language), given.publisher, rating]
  return [t('latest.title'), parts.filter(Boolean).join(', ')].filter(Boolean).join(': ')
}
