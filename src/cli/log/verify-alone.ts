/**
 * The log's checker on its own: what `assay log verify` does, with nothing of Assay but the reading of logs, one package
 * (the hashes) and Node. For who wants to check a log without trusting, or installing, the rest.
 */
import { parseArgs } from 'node:util'
import { isAssayError } from '#domain/errors.ts'
import type { LogReader } from '#formats/tlog/verify-log.ts'
import { type Outside, verify } from './verify.ts'

const usage = `Checks a public log from outside.
  assay-verify <address or folder> --vkey KEY [--vkey WITNESS…] [--old CHECKPOINT…] [--json]
  assay-verify --note FILE --vkey KEY
  assay-verify --proof FILE --entry FILE --vkey KEY
Exit 0: all is right. 1: it is not, and the first path that fails is named. 2: wrong use.
`

const fileDeadlineMs = 60_000

const outside: Outside = {
  out: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  readerAt,
}
process.exitCode = await run(process.argv.slice(2))

async function run(args: string[]): Promise<0 | 1 | 2> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        vkey: { type: 'string', multiple: true, default: [] },
        old: { type: 'string', multiple: true, default: [] },
        note: { type: 'string' },
        proof: { type: 'string' },
        entry: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    if (values.help || values.vkey.length === 0) {
      outside.note(usage)
      return values.help ? 0 : 2
    }
    return (await verify(outside, positionals[0], values)) ? 0 : 1
  } catch (error) {
    outside.note(`assay-verify: ${error instanceof Error ? error.message : String(error)}`)
    return isAssayError(error) && error.code !== 'invalid' ? 1 : 2
  }
}

/** An ordinary client of an ordinary file server: whoever runs this chose the address. */
function readerAt(url: string): LogReader {
  return async (path) => {
    const answer = await fetch(`${url}/${path}`, { signal: AbortSignal.timeout(fileDeadlineMs) })
    if (answer.status === 404) return null
    if (!answer.ok) throw new Error(`${url}/${path} answered ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  }
}
