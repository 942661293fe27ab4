/** Two servers on one database and one data folder. `bench/log/two-serve.ts` does the same with 200 publishes. */
import { expect, test } from 'vitest'
import { freshSettings } from '../cli/assay.ts'
import { publishThroughTwo } from './two-servers.ts'

const settings = freshSettings()

test('what is published through two servers at once stands in one tree, each entry once', async () => {
  const { DATABASE_URL } = await settings
  const done = await publishThroughTwo(20, DATABASE_URL ? { DATABASE_URL } : {})
  expect(done).toMatchObject({ publishes: 20, statuses: { 303: 20 }, entries: 20, problems: [] })
})
