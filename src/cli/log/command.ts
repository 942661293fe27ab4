/** `assay log …`: checking a log from outside, and mending ours. */
import type { Command } from 'commander'
import { AssayError } from '#domain/errors.ts'
import { getLogProof } from '#flows/extend-log/find-log-proof.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import { recoverLog } from '#flows/extend-log/recover-log.ts'
import { rotateLog } from '#flows/extend-log/rotate-log.ts'
import { findServedLog } from '#flows/served-logs.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { formatVerifierKey } from '#formats/tlog/keys.ts'
import type { LogReader } from '#formats/tlog/verify-log.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import type { CliContext } from '../context.ts'
import { readGiven, type VerifyOptions, verify } from './verify.ts'

export function logCommand(program: Command, context: CliContext): void {
  const log = program.command('log').description('check a public log from outside, or mend ours')
  log
    .command('verify')
    .description('check a whole log (an address or a folder), a signed note, or a proof')
    .argument('[log]', 'address or folder of the log: where its checkpoint is')
    .requiredOption(
      '--vkey <key...>',
      "the log's verifier key; further ones are of the logs that it goes on from, and of witnesses that must have signed",
    )
    .option('--old <file...>', 'checkpoints seen before: the log must begin with each', [])
    .option('--note <file>', 'check only this signed note')
    .option('--proof <file>', 'check only this .tlog-proof; needs --entry')
    .option('--entry <file>', 'the bytes of the entry that the proof is for')
    .option('--json', 'print the result as JSON')
    .action(async (source: string | undefined, options: VerifyOptions) => {
      const readerAt = (url: string) => readerOf(context, url)
      if (!(await verify({ out: context.out, note: context.note, readerAt }, source, options))) {
        process.exitCode = 1
      }
    })
  log
    .command('vkey')
    .description("print this instance's verifier key")
    .argument('[number]', 'of an earlier log: 1 is the first')
    .action(async (given?: string) => {
      const place = await openLogPlace(context.config())
      const number = given === undefined ? ((await findServedLog(place)) ?? 1) : Number(given)
      if (!Number.isSafeInteger(number) || number < 1)
        throw new AssayError('invalid', 'A log has a number: 1, 2…')
      context.out(formatVerifierKey(await place.verifierOf(number)))
    })
  log
    .command('proof')
    .description("print the .tlog-proof of one of this log's entries")
    .argument('<entry>', 'the file with the bytes of the entry')
    .action(async (path: string) => {
      const hash = leafHash(await readGiven(path))
      await context.withDatabase(async (needs) =>
        context.out((await getLogProof(needs, needs.log, hash)).trimEnd()),
      )
    })
  log
    .command('recover')
    .description("take the log's rows from its files, after an old database was restored")
    .action(async () => {
      await context.withDatabase(async (needs) => {
        const { size, added } = await recoverLog(needs, needs.log)
        context.out(
          `The database holds the ${size} entries of the log; ${added} of them were taken from its files.`,
        )
      })
    })
  log
    .command('rotate')
    .description('change the key: the log ends, and another begins with its last checkpoint')
    .option('--origin <name>', "name of the new log; not given: the first log's, with a number behind it")
    .option('--json', 'print the result as JSON')
    .action(async ({ origin, json }: { origin?: string; json?: boolean }) => {
      await context.withDatabase(async (needs) => {
        const { before, after, step } = await rotateLog(needs, needs.log, origin ?? null)
        const vkey = formatVerifierKey(await needs.log.verifierOf(after.number))
        if (json) return context.out(JSON.stringify({ before, after, vkey, step }))
        context.out(
          `${before.origin} has ended with ${before.size} entries; it stays at /log/${before.number}/.`,
        )
        context.out(`${after.origin} goes on from it, at /log/ and /log/${after.number}/. Its key: ${vkey}`)
        if (step === 'waiting')
          context.note(
            'Witnesses have to sign it first: register it with them. Until then the old log is served.',
          )
        if (needs.log.chosenOrigin !== null && needs.log.chosenOrigin !== after.origin)
          context.note(`Set ASSAY_LOG_ORIGIN=${after.origin} before the next start.`)
      })
    })
}

/** One file of a log: a full tile has 8 kB, a full bundle at most 16 MB. */
const fileBytesMax = 17_000_000
const fileDeadlineMs = 60_000

function readerOf(context: CliContext, url: string): LogReader {
  const config = context.config()
  // whoever types an address at the command line may go there, also inside their own network
  const allowedPrivateHosts = [...config.allowedPrivateHosts, new URL(url).hostname]
  const fetcher = createFetcher({ ...config, allowedPrivateHosts }, { gapMs: 0 })
  return async (path) => {
    try {
      const limits = { bytesMax: fileBytesMax, deadlineMs: fileDeadlineMs }
      const page = await fetcher.fetchPage(`${url}/${path}`, limits)
      return 'bytes' in page ? page.bytes : null
    } catch (error) {
      if (error instanceof AssayError && error.code === 'not_found') return null
      throw error
    }
  }
}
