/** Our own published reviews for machines: markup, feeds, and what anybody needs to check them against the public log. */
import type { Context } from 'hono'
import { AssayError } from '#domain/errors.ts'
import { reviewUrl } from '#domain/publication.ts'
import { getLogProof } from '#flows/extend-log/find-log-proof.ts'
import type { Needs } from '#flows/needs.ts'
import { formatOwnFeedItem, formatOwnReview } from '#formats/claimreview/format-own-review.ts'
import { type FeedEntry, formatAtom, formatJsonFeed, formatSitemap } from '#formats/feeds/format-feeds.ts'
import type { Database } from '#io/database/open.ts'
import { getOwnReview, listOwnReviews, type OwnReview } from '#io/database/publications/own-reviews.ts'
import type { Publication } from '#io/database/publications/publications.ts'
import { listAskedIds } from '#io/database/tips/asked.ts'
import type { Api, ApiBindings } from './app.ts'
import { drawSharePicture } from './share-picture.ts'

/** Asked for anew when it is a minute old, as the pages are. */
const cache = 'public, max-age=60'

const feedMax = 100
/** One sitemap holds at most 50,000 addresses. Source: sitemaps.org. */
const sitemapMax = 40_000
const sitemapRumoursMax = 9_000
const dataFeedMax = 10_000

type Answer = (c: Context<ApiBindings>, review: OwnReview) => Promise<Response> | Response

export function addReviews(app: Api, { db, log, config }: Pick<Needs, 'db' | 'log' | 'config'>): void {
  const { publicUrl } = config
  const answers: Record<string, Answer> = {
    json(c, review) {
      const { document, documents, firstPublishedAt } = review
      if (document === null || review.withdrawal !== null) throw gone()
      const body = formatOwnReview({ document, documents, firstPublishedAt, publicUrl })
      return send(c, JSON.stringify(body), 'application/ld+json; charset=utf-8')
    },
    'tlog-proof': async (c, review) =>
      send(c, await getLogProof({ db }, log, versionOf(c, review).leafHash), 'text/plain; charset=utf-8'),
    entry: (c, review) => send(c, versionOf(c, review).entry.bytes, 'application/json'),
    document(c, review) {
      const { document, salt } = versionOf(c, review)
      if (document === null || salt === null) throw gone()
      return send(c, Buffer.concat([salt, Buffer.from(document)]), 'application/octet-stream')
    },
    png: async (c, review) => send(c, await drawSharePicture(review), 'image/png'),
  }

  app.get('/reviews/:file', async (c) => {
    const [, id = '', kind = ''] = /^([^.]+)\.(.+)$/.exec(c.req.param('file')) ?? []
    const answer = Object.hasOwn(answers, kind) ? answers[kind] : undefined
    if (!answer) throw new AssayError('not_found', 'There is nothing at this address.')
    return answer(c, await getOwnReview(db, id))
  })
  app.get('/feed.atom', async (c) =>
    send(
      c,
      formatAtom(...(await feedOf(db, publicUrl, '/feed.atom'))),
      'application/atom+xml; charset=utf-8',
    ),
  )
  app.get('/feed.json', async (c) =>
    send(
      c,
      formatJsonFeed(...(await feedOf(db, publicUrl, '/feed.json'))),
      'application/feed+json; charset=utf-8',
    ),
  )
  app.get('/claimreview.json', async (c) =>
    send(c, await dataFeedOf(db, publicUrl), 'application/ld+json; charset=utf-8'),
  )
  app.get('/sitemap.xml', async (c) =>
    send(c, await sitemapOf(db, publicUrl), 'application/xml; charset=utf-8'),
  )
  app.get('/robots.txt', (c) =>
    send(
      c,
      `User-agent: *\nDisallow: /ask\nDisallow: /desk\nDisallow: /told\nDisallow: /reviews/*/copies/\nAllow: /\nSitemap: ${publicUrl}/sitemap.xml\n`,
      'text/plain; charset=utf-8',
    ),
  )
}

async function feedOf(db: Database, publicUrl: string, path: string): Promise<Parameters<typeof formatAtom>> {
  const reviews = await listOwnReviews(db, { limit: feedMax })
  const updatedAt = reviews[0]?.changedAt ?? '1970-01-01T00:00:00.000Z'
  const home = `${publicUrl}/`
  const frame = { id: home, title: 'Assay', selfUrl: publicUrl + path, homeUrl: home, updatedAt }
  return [frame, reviews.flatMap((review) => entryOf(review, publicUrl))]
}

/** A correction stands first, as on the page; a withdrawal says nothing but itself. */
function entryOf(review: OwnReview, publicUrl: string): FeedEntry[] {
  const { document, withdrawal } = review
  if (document === null) return []
  const finding = `${document.rating.words}: ${document.summary}`
  const correction = document.correction
  const summary =
    withdrawal !== null
      ? withdrawal.reason
      : correction === null
        ? finding
        : `${correction.wrong} ${correction.changed} ${correction.why}\n${finding}`
  const url = reviewUrl(publicUrl, review.id)
  return [
    {
      id: url,
      url,
      markupUrl: `${url}.json`,
      title: document.claim,
      summary,
      lang: document.lang,
      organisation: document.organisation.name,
      publishedAt: review.firstPublishedAt,
      updatedAt: review.changedAt,
    },
  ]
}

async function dataFeedOf(db: Database, publicUrl: string): Promise<string> {
  const reviews = await listOwnReviews(db, { limit: dataFeedMax })
  return JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'DataFeed',
    url: `${publicUrl}/claimreview.json`,
    dateModified: reviews[0]?.changedAt ?? '1970-01-01T00:00:00.000Z',
    dataFeedElement: reviews.flatMap(({ document, withdrawal, documents, firstPublishedAt }) =>
      document === null || withdrawal !== null
        ? []
        : [formatOwnFeedItem({ document, documents, firstPublishedAt, publicUrl })],
    ),
  })
}

async function sitemapOf(db: Database, publicUrl: string): Promise<string> {
  const reviews = await listOwnReviews(db, { limit: sitemapMax })
  const rumours = await listAskedIds(db, sitemapRumoursMax)
  const places = ['/', '/latest', '/asked', '/publishers', '/about', '/docs'].map((path) => ({
    url: publicUrl + path,
    updatedAt: null,
  }))
  return formatSitemap([
    ...places,
    ...rumours.map((id) => ({ url: `${publicUrl}/asked/${id}`, updatedAt: null })),
    ...reviews.map(({ id, changedAt }) => ({ url: reviewUrl(publicUrl, id), updatedAt: changedAt })),
  ])
}

/** The newest version, or the one that `?version=` names. @throws not_found */
function versionOf(c: Context<ApiBindings>, { publications }: OwnReview): Publication {
  const wanted = c.req.query('version')
  const found =
    wanted === undefined ? publications[0] : publications.find(({ version }) => String(version) === wanted)
  if (!found) throw new AssayError('not_found', 'This review has no such version.')
  return found
}

function send(c: Context<ApiBindings>, body: string | Uint8Array, type: string): Response {
  const data = typeof body === 'string' ? body : new Uint8Array(body)
  return c.body(data, 200, { 'Content-Type': type, 'Cache-Control': cache })
}

function gone(): AssayError {
  return new AssayError('not_found', 'This review was withdrawn or erased; its page says when and why.')
}
