/** The embedder that the settings ask for; null: none, and everything is compared by words alone. */
import { readFile } from 'node:fs/promises'
import type { Config, EmbedderSettings } from '#config.ts'
import { AssayError } from '#domain/errors.ts'
import type { Journal } from '../journal.ts'
import type { Metrics } from '../metrics.ts'
import { type FetchClock, machineClock } from '../net/clock.ts'
import type { Fetcher } from '../net/fetcher.ts'
import { createEmbedder, type Embedder } from './embedder.ts'
import { openLocal } from './local/local.ts'
import { openRemote } from './remote.ts'

export interface EmbedderNeeds {
  fetcher: Fetcher
  journal: Journal
  metrics: Pick<Metrics, 'messageVectors'>
  clock?: FetchClock
}

/** @throws invalid when what a setting names is not there */
export async function openEmbedder(
  { embedder }: Pick<Config, 'embedder'>,
  { fetcher, journal, metrics, clock = machineClock }: EmbedderNeeds,
): Promise<Embedder | null> {
  if (embedder.kind === 'none') return null
  const source =
    embedder.kind === 'local'
      ? openLocal(embedder.folder, clock)
      : openRemote({ ...embedder, key: await keyOf(embedder) }, fetcher, clock)
  const embedsMessages = embedder.kind === 'local' || embedder.sendsMessages
  return createEmbedder(source, { journal, metrics, clock, embedsMessages })
}

async function keyOf({
  key,
  keyFile,
}: Extract<EmbedderSettings, { kind: 'remote' }>): Promise<string | null> {
  if (keyFile === null) return key
  try {
    return (await readFile(keyFile, 'utf8')).trim() || null
  } catch (cause) {
    throw new AssayError('invalid', `ASSAY_EMBEDDER_KEY_FILE: the file ${keyFile} cannot be read.`, { cause })
  }
}
