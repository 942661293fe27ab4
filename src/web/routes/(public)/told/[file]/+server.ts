/** /told/<token>.atom and .json: what became of one tip, for its sender's feed reader. Nobody may keep it on the way. */

import type { ReceiptStatus } from '#domain/receipt.ts'
import { readToldFeed } from '#flows/read-receipt/read-receipt.ts'
import type { FeedEntry, FeedFrame } from '#formats/feeds/format-feeds.ts'
import { type FeedForm, feedForms, timeOf } from '../../../../feeds/send-feed.ts'
import { type FeedSite, toldEntries } from '../../../../feeds/told-entries.ts'
import { addressOf } from '../../../../words/address.ts'
import { wordsOf } from '../../../../words/words.ts'
import type { RequestHandler } from './$types'

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
  const { format, type } = feedForms[ending as FeedForm]
  const { publicUrl } = needs.config
  const site: FeedSite = { publicUrl, path: `/told/${token}`, language, words: wordsOf(language) }
  const frame: FeedFrame = {
    id: publicUrl + site.path,
    title: site.words.t('status.feed.title'),
    selfUrl: addressOf(`${publicUrl}${site.path}.${ending}`, { lang: chosenLanguage }),
    homeUrl: statusPage(site),
    updatedAt: timeOf(status.answers[0]?.day ?? status.day),
  }
  return new Response(format(frame, entriesOf(status, site)), {
    headers: { ...headers, 'content-type': type },
  })
}

/** The state is an entry of its own for each state, so that a change of it is news. */
function entriesOf(status: ReceiptStatus, site: FeedSite): FeedEntry[] {
  const { state, day, expiresOn, others, answers } = status
  const { t, date } = site.words
  const sentences = [
    t(`status.state.${state}.text`),
    others === 0 ? t('status.others.few') : t('status.others.about', { others }),
    t('status.day', { date: date(day), expires: date(expiresOn) }),
  ]
  return [
    ...toldEntries(answers, site),
    {
      id: `${site.publicUrl}${site.path}#${state}`,
      url: statusPage(site),
      markupUrl: null,
      title: t(`status.state.${state}`),
      summary: sentences.join('\n'),
      lang: site.language,
      organisation: 'Assay',
      publishedAt: timeOf(day),
      updatedAt: timeOf(answers[0]?.day ?? day),
    },
  ]
}

function statusPage({ publicUrl, language }: FeedSite): string {
  return addressOf(`${publicUrl}/tips/status`, { lang: language })
}
