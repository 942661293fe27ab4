/**
 * Promise 1: speech is answered, never touched. What Assay can take back is what it published itself, and what it sends out
 * either reads or tells those who asked to be told.
 */
import { expect, test } from 'vitest'
import { createApi } from '#api/app.ts'
import { actions } from '#domain/permissions.ts'
import { correctReview, withdrawReview } from '#flows/publish-review/revise-review.ts'
import { getClaimReview, listClaimReviews } from '#io/database/claim-reviews.ts'
import { openTestSite } from '../api/open-test-site.ts'
import { wall } from '../api/records.ts'
import { sourceFiles } from '../house/source-files.ts'
import { openPublishDesk } from '../publish/publish-desk.ts'

const site = openTestSite(wall)

/** What one does to speech instead of answering it. */
const touching =
  /\b(hid(e|den)|block|ban|mute|silence|censor|suppress|flag|report|takedown|take-down|delist|demote|down-?rank|shadow|quarantine|moderate|label)/i

test('nobody at the desk can correct or withdraw what another publisher said', async () => {
  const { db } = site.site.needs
  const desk = await openPublishDesk(db)
  const { claimReviews } = await listClaimReviews(db, { site: 'facts.example' }, { limit: 1 })
  const theirs = claimReviews[0]!
  const reason = 'We do not like it.'
  await expect(
    withdrawReview(desk.needs, desk.approver, { claimReviewId: theirs.id, reason }),
  ).rejects.toMatchObject({ code: 'not_found' })
  const verdictId = await desk.addVerdict(await desk.addCase(await desk.addRumour()))
  const note = { wrong: reason, changed: reason, why: reason }
  await expect(
    correctReview(desk.needs, desk.author, { claimReviewId: theirs.id, verdictId, note }),
  ).rejects.toMatchObject({ code: 'not_found' })
  expect(await getClaimReview(db, theirs.id)).toEqual(theirs)
})

test('no right at the desk and no operation of the API is about taking speech away', () => {
  const { document } = createApi(site.site.needs)
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const changing = operations.filter((operation) => /^(post|put|patch|delete) /.test(operation))
  expect(changing).toContain('post /api/v1/tips')
  expect(changing.filter((operation) => !/ \/api\/v1\/(answers$|tips)/.test(operation))).toEqual([])
  expect([...operations, ...actions].filter((name) => touching.test(name))).toEqual([])
})

test('what is sent out is a checkpoint to a witness, texts to be compared by meaning, or news to who asked; all else reads', () => {
  const senders = sourceFiles('src')
    .filter(({ path }) => !path.startsWith('src/io/net/') && !path.startsWith('src/web/'))
    .filter(({ text }) => /\bfetcher\.(?!fetchPage\b|close\b)\w+\(/.test(text))
    .map(({ path }) => path)
  expect(senders).toEqual([
    'src/flows/extend-log/witnesses.ts',
    'src/io/embedder/remote.ts',
    'src/io/push/push-news.ts',
  ])
})

test('the order of lists comes from dates and from the message, never from who published', () => {
  const ordering = sourceFiles('src/io/database')
    .flatMap(({ text }) => [...text.matchAll(/order by ([^`\n)]+)/gi), ...text.matchAll(/orderBy\(([^)]+)/g)])
    .map(([, by]) => by!)
  expect(ordering.length).toBeGreaterThan(10)
  expect(ordering.filter((by) => /weight|score|trust|rank|reputation|boost/i.test(by))).toEqual([])
})
