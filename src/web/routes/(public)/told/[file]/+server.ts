/** /told/<token>.atom and .json: what became of one tip, for its sender's feed reader. Nobody may keep it on the way. */

import type { ReceiptStatus, ToldReview } from '#domain/receipt.ts'
import { readToldFeed } from '#flows/read-receipt/read-receipt.ts'
import { type FeedEntry, type FeedFrame, formatAtom, formatJsonFeed } from '#formats/feeds/format-feeds.ts'
import { addressOf } from '../../../../words/address.ts'
import type { Language } from '../../../../words/languages.ts'
import { type Words, wordsOf } from '../../../../words/words.ts'
import type { RequestHandler } from './$types'

const forms = {
  atom: { format: formatAtom, type: 'application/atom+xml; charset=utf-8' },
  json: { format: formatJsonFeed, type: 'application/feed+json; charset=utf-8' },
} as const

const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

export const GET: RequestHandler = async ({ params, locals }) => {
  const { needs, language, chosenLanguage } = locals
  const [, token = '', ending = ''] = /^([^.]*)\.(atom|json)$/.exec(params.file) ?? []
  const status = await readToldFeed(needs, token)
  if (status === null) {
    // The same for an address that never was, one that has expired, and one that is none.
    return new Response(`${wordsOf(language).t('status.feed.none')}\n`, {
      status: 404,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    })
  }
  const { format, type } = forms[ending as keyof typeof forms]
  const { publicUrl } = needs.config
  const site = { publicUrl, path: `/told/${token}`, language, words: wordsOf(language) }
  const frame: FeedFrame = {
    id: publicUrl + site.path,
    title: site.words.t('status.feed.title'),
    selfUrl: addressOf(`${publicUrl}${site.path}.${ending}`, { lang: chosenLanguage }),
    homeUrl: statusPage(site),
    updatedAt: startOf(status.answers[0]?.day ?? status.day),
  }
  return new Response(format(frame, entriesOf(status, site)), {
    headers: { ...headers, 'content-type': type },
  })
}

interface Site {
  publicUrl: string
  path: string
  language: Language
  words: Words
}

/** The state is an entry of its own for each state, so that a change of it is news. */
function entriesOf(status: ReceiptStatus, site: Site): FeedEntry[] {
  const { state, day, expiresOn, others, answers } = status
  const { t, date } = site.words
  const sentences = [
    t(`status.state.${state}.text`),
    others === 0 ? t('status.others.few') : t('status.others.about', { others }),
    t('status.day', { date: date(day), expires: date(expiresOn) }),
  ]
  const told = answers.map((answer, at) => entryOf(answer, answers.length - at, site))
  return [
    ...told,
    {
      id: `${site.publicUrl}${site.path}#${state}`,
      url: statusPage(site),
      markupUrl: null,
      title: t(`status.state.${state}`),
      summary: sentences.join('\n'),
      lang: site.language,
      organisation: 'Assay',
      publishedAt: startOf(day),
      updatedAt: startOf(answers[0]?.day ?? day),
    },
  ]
}

/** @param place counted from the first telling, so that each keeps its address when another comes */
function entryOf(
  { kind, day, claimReviewId, claimReview }: ToldReview,
  place: number,
  site: Site,
): FeedEntry {
  const { t } = site.words
  const told = t(`status.told.${kind}`)
  const rating =
    claimReview?.rating.words ?? (claimReview?.rating.value && t(`rating.${claimReview.rating.value}`))
  const finding = [rating, claimReview?.summary].filter(Boolean).join(': ')
  const kept = `/${claimReview === null ? 'reviews' : 'claim-reviews'}/${claimReviewId}`
  return {
    id: `${site.publicUrl}${site.path}#${place}-${kind}`,
    url: claimReview?.url ?? addressOf(site.publicUrl + kept, { lang: site.language }),
    markupUrl: null,
    title: claimReview === null ? told : `${told}: ${claimReview.claim}`,
    summary: finding || t('status.told.page'),
    lang: claimReview?.lang ?? site.language,
    organisation: claimReview?.publisher.name ?? 'Assay',
    publishedAt: startOf(day),
    updatedAt: startOf(day),
  }
}

function statusPage({ publicUrl, language }: Site): string {
  return addressOf(`${publicUrl}/tips/status`, { lang: language })
}

function startOf(day: string): string {
  return `${day}T00:00:00Z`
}
