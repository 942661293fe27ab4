/**
 * Flips one bit in each served file of two logs in turn, `--rounds` times with other bits, and asks `assay fsck` what it
 * finds. Prints one JSON object; exit 1 when a flip was not found or its file not named.
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { ClaimReviewId } from '#domain/ids.ts'
import { extendLog } from '#flows/extend-log/extend-log.ts'
import { rotateLog } from '#flows/extend-log/rotate-log.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { insertLogEntry } from '#io/database/log/log-entries.ts'
import { flipBits, seeded } from '../../test/log/flip-bits.ts'
import { Torture } from '../../test/log/torture.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seed: { type: 'string', default: '1' } },
})
const torture = await Torture.open()
const { database, place, dataFolder } = torture
const random = seeded(Number(values.seed))

async function growTo(sizes: number[]): Promise<void> {
  let size = 0
  for (const wanted of sizes) {
    await database.db.transaction().execute(async (tx) => {
      for (; size < wanted; size++) {
        const bytes = new Uint8Array(randomBytes(200))
        const claimReviewId = 'bench' as ClaimReviewId
        await insertLogEntry(
          tx,
          { bytes, leafHash: leafHash(bytes), kind: 'verdict', claimReviewId },
          new Date(),
        )
      }
    })
    while ((await extendLog(torture.needs(), place)) === 'published');
  }
}

await growTo([1, 2, 255, 256, 257, 300, 513, 600])
await rotateLog(torture.needs(), place, null)
await growTo([1, 2, 40])
const rounds = []
for (let round = 0; round < Number(values.rounds); round++)
  rounds.push(await flipBits(database.db, place, dataFolder, random))
process.stdout.write(`${JSON.stringify(rounds, null, 2)}\n`)
process.exitCode = rounds.every(({ files, named }) => files === named) ? 0 : 1
await torture.close()
