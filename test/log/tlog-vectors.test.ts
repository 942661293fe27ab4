/** The vectors of other implementations, where they are at hand beside the repository. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { checkVectors } from './tlog-vectors.ts'

const folder = fileURLToPath(new URL('../../../shared/vectors/tlog', import.meta.url))

test.runIf(existsSync(folder))('every vector comes out as elsewhere', async () => {
  const found = await checkVectors(folder)
  for (const [kind, { wrong }] of Object.entries(found)) expect(wrong, kind).toEqual([])
  expect(found['Merkle proofs']!.total).toBe(196)
})
