/** /asked/<id>.atom and .json: what answers one rumour, again when the answer changes. Of who asks it says nothing. */
import type { RequestEvent } from '@sveltejs/kit'
import { getAsked } from '#io/database/tips/asked.ts'
import { listToldReviews } from '#io/database/tips/tellings.ts'
import { addressOf } from '../words/address.ts'
import { wordsOf } from '../words/words.ts'
import { type FeedForm, sendFeed, timeOf } from './send-feed.ts'
import { type FeedSite, toldEntries } from './told-entries.ts'

/** Tellings of one feed. */
const tellingsMax = 50
/** Of a feed that holds nothing yet. */
const never = '1970-01-01'

/** @throws not_found */
export async function sendRumourFeed(
  { request, locals }: Pick<RequestEvent, 'request' | 'locals'>,
  id: string,
  form: FeedForm,
): Promise<Response> {
  const { needs, language, chosenLanguage } = locals
  const { publicUrl } = needs.config
  const { asked, rumourId } = await getAsked(needs.db, id)
  const answers = await listToldReviews(needs.db, [rumourId], tellingsMax)
  const site: FeedSite = { publicUrl, path: `/asked/${asked.id}`, language, words: wordsOf(language) }
  const home = addressOf(publicUrl + site.path, { lang: chosenLanguage })
  const frame = {
    id: publicUrl + site.path,
    title: asked.wording,
    selfUrl: addressOf(`${publicUrl}${site.path}.${form}`, { lang: chosenLanguage }),
    homeUrl: home,
    updatedAt: timeOf(answers[0]?.day ?? never),
  }
  return sendFeed(request, form, frame, toldEntries(answers, site))
}
