/** The sample reviews that ship with Assay, read from `samples/` like anybody's feed. Begins the walk of load-samples. */
import { readdir, readFile } from 'node:fs/promises'
import type { ReviewsRead } from '#domain/claim-review.ts'
import { parseClaimReviews } from '#formats/claimreview/parse-claim-reviews.ts'

/** One schema.org DataFeed for each sample publisher. */
const folder = new URL('../../../samples/', import.meta.url)

export interface SampleFile {
  name: string
  read: ReviewsRead
}

/** In the order of their names. */
export async function readSamples(): Promise<SampleFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, read: parseClaimReviews(text, { kind: 'json', pageUrl: null }) }
    }),
  )
}
