/** Puts together what flows are handed, from the settings; the one place where the parts of `io` meet. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '#config.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import { createTipGate } from '#flows/tip-gate.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { type OpenedDatabase, openDatabase } from '#io/database/open.ts'
import { type EmbedderNeeds, openEmbedder } from '#io/embedder/open-embedder.ts'
import { openFadingKeys } from '#io/fading-keys.ts'
import { type Journal, openJournal } from '#io/journal.ts'
import { deriveKeys } from '#io/keys.ts'
import { createMetrics } from '#io/metrics.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import { openMasterSecret } from '#io/secrets.ts'

export interface OpenedNeeds {
  needs: DatabaseNeeds
  database: OpenedDatabase
  close(): Promise<void>
}

/** What tests hand in instead of what the settings say. */
export interface NeedsParts {
  journal?: Journal
  database?: OpenedDatabase
}

/** @throws what openDatabase throws, and invalid when a key cannot be used */
export async function openNeeds(
  config: Config,
  { journal = openJournal(config.journalLevel), database: given }: NeedsParts = {},
): Promise<OpenedNeeds> {
  const database = given ?? (await openDatabase(config, { journal }))
  const metrics = createMetrics()
  const fetcher = createFetcher(config)
  const close = async () => {
    await fetcher.close()
    await database.close()
  }
  const { keys, log, embedder } = await openParts(config, { fetcher, journal, metrics }).catch(
    async (error: unknown) => {
      await close()
      throw error
    },
  )
  const now = () => new Date()
  return {
    needs: {
      config,
      db: database.db,
      fetcher,
      journal,
      metrics,
      clock: { now },
      ids: { now, randomBytes },
      keys,
      fadingKeys: openFadingKeys(config),
      tipGate: createTipGate({ keys, now }),
      log,
      captures: openDiskBlobs(join(config.dataFolder, 'captures')),
      embedder,
    },
    database,
    close: async () => {
      await embedder?.close()
      await close()
    },
  }
}

async function openParts(config: Config, needs: EmbedderNeeds) {
  const keys = deriveKeys(await openMasterSecret(config))
  return { keys, log: await openLogPlace(config), embedder: await openEmbedder(config, needs) }
}
