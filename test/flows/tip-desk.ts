/** What the flows of tips need, on a database and a data folder of their own, with a clock that can be moved. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Received, receiveTip } from '#flows/receive-tip/receive-tip.ts'
import { createTipGate } from '#flows/tip-gate.ts'
import { formatReceipt } from '#formats/receipts/format-receipt.ts'
import { openFadingKeys } from '#io/fading-keys.ts'
import { openJournal } from '#io/journal.ts'
import { deriveKeys } from '#io/keys.ts'
import { createMetrics } from '#io/metrics.ts'
import { createEngine } from '#matching/create-engine.ts'
import { freshDatabase } from '../fresh-database.ts'

export type TipDesk = Awaited<ReturnType<typeof openTipDesk>>

/** Call at the top of a test file. */
export async function openTipDesk() {
  const { db } = await freshDatabase()
  const dataFolder = await mkdtemp(join(tmpdir(), 'assay-tips-'))
  afterAll(() => rm(dataFolder, { recursive: true, force: true }))
  const clock = { at: new Date('2026-01-10T13:37:42Z'), now: () => clock.at }
  const keys = deriveKeys(randomBytes(32).toString('base64url'))
  const needs = {
    db,
    clock,
    keys,
    ids: { now: () => clock.at, randomBytes: (count: number) => randomBytes(count) },
    engine: createEngine(),
    fadingKeys: openFadingKeys({ dataFolder }),
    metrics: createMetrics(),
    journal: openJournal('silent'),
    tipGate: createTipGate({ keys, now: () => clock.at }),
  }
  return {
    needs,
    dataFolder,
    /** The words of the receipt. */
    async send(
      text: string,
      more: { clientId?: string; doubt?: string; lang?: string } = {},
    ): Promise<string> {
      const { clientId = randomUUID(), doubt = null, lang = null } = more
      const content = { text, links: [], lang, country: null, seen: null, doubt }
      const pass = { proof: null, ticket: null }
      const received: Received = await receiveTip(needs, { ...content, clientId, pass, unanswered: true })
      if (received.kind !== 'received') throw new Error('It was answered on the spot.')
      return formatReceipt(received.receipt, 'en').join(' ')
    },
    moveClock(days: number): void {
      clock.at = new Date(clock.at.getTime() + days * 24 * 60 * 60 * 1000)
    },
  }
}
