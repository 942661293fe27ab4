/** The whole server, killed while messages come in; `test/cli/kills.ts` does it twenty times and more by hand. */
import { expect, test } from 'vitest'
import { killServers } from './kills.ts'

/** It kills the database too, so it is about the embedded one only. */
const embedded = !process.env.ASSAY_TEST_DATABASE_URL

test.runIf(embedded)(
  'a server that is killed loses no tip that it gave a receipt for, and leaves nothing behind',
  {
    timeout: 300_000,
  },
  async () => {
    const { acknowledged, lost, complaints, left } = await killServers(3, 20)
    expect(acknowledged).toBeGreaterThanOrEqual(3)
    expect({ lost, complaints, left }).toEqual({ lost: [], complaints: [], left: [] })
  },
)
