/** `assay ingest`, meanwhile: one line that is written over, for a person at a terminal only. */
import type { Tally } from '#flows/ingest-feed/tally.ts'

export interface Progress {
  show(tally: Tally): void
  /** Takes the line away. */
  end(): void
}

const everyMs = 200

export function showProgress(source: string, out: NodeJS.WriteStream): Progress {
  if (!out.isTTY) return { show: () => {}, end: () => {} }
  let shownAt = 0
  return {
    show({ rows, added, changed, refused }) {
      if (Date.now() - shownAt < everyMs) return
      shownAt = Date.now()
      const line = `${source}: ${rows} read, ${added} added, ${changed} changed, ${refused} refused`
      out.write(`\r\u001B[K${line.slice(0, out.columns - 1)}`)
    },
    end: () => void (shownAt > 0 && out.write('\r\u001B[K')),
  }
}
