/** What a message is compared by, as far as the reader must know: whether any of it leaves this server. */
import type { EmbedderSettings } from '#config.ts'

export type Comparison = { by: 'words' } | { by: 'meaning' } | { by: 'meaning elsewhere'; host: string }

export function comparisonOf(embedder: EmbedderSettings): Comparison {
  if (embedder.kind === 'local') return { by: 'meaning' }
  if (embedder.kind === 'none' || !embedder.sendsMessages) return { by: 'words' }
  return { by: 'meaning elsewhere', host: new URL(embedder.url).host }
}
