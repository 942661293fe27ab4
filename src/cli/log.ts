/** `assay log …`: checking a log from outside, and mending ours. Verifying needs neither server nor database. */
import { readFile, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { AssayError, type Parsed } from '#domain/errors.ts'
import { getLogProof } from '#flows/extend-log/find-log-proof.ts'
import { openLogPlace } from '#flows/extend-log/open-log-place.ts'
import { recoverLog } from '#flows/extend-log/recover-log.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { formatVerifierKey, parseVerifierKey } from '#formats/tlog/keys.ts'
import { verifyInclusion } from '#formats/tlog/merkle.ts'
import { type NoteVerifier, openNote } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { type LogReader, openCheckpoint, verifyLog } from '#formats/tlog/verify-log.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import type { CliContext } from './context.ts'

interface VerifyOptions {
  vkey: string[]
  old: string[]
  note?: string
  proof?: string
  entry?: string
  json?: boolean
}

export function logCommand(program: Command, context: CliContext): void {
  const log = program.command('log').description('check a public log from outside, or mend ours')
  log
    .command('verify')
    .description('check a whole log (an address or a folder), a signed note, or a proof')
    .argument('[log]', 'address or folder of the log: where its checkpoint is')
    .requiredOption(
      '--vkey <key...>',
      "the log's verifier key; further ones are of witnesses that must have signed",
    )
    .option('--old <file...>', 'checkpoints seen before: the log must begin with each', [])
    .option('--note <file>', 'check only this signed note')
    .option('--proof <file>', 'check only this .tlog-proof; needs --entry')
    .option('--entry <file>', 'the bytes of the entry that the proof is for')
    .option('--json', 'print the result as JSON')
    .action(async (source: string | undefined, options: VerifyOptions) => {
      const verifiers = options.vkey.map(verifierOfText)
      if (options.note !== undefined) return verifyNote(context, options.note, verifiers)
      if (options.proof !== undefined) return verifyProof(context, options.proof, options.entry, verifiers)
      if (source === undefined)
        throw new AssayError('invalid', 'Say what to check: an address, a folder, --note or --proof.')
      return verifySource(context, source, verifiers, options)
    })
  log
    .command('vkey')
    .description("print this instance's verifier key")
    .action(async () => context.out(formatVerifierKey((await openLogPlace(context.config())).verifier)))
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
        const { size, added } = await recoverLog(needs, await openLogPlace(needs.config))
        context.out(
          `The database holds the ${size} entries of the log; ${added} of them were taken from its files.`,
        )
      })
    })
}

async function verifySource(
  context: CliContext,
  source: string,
  verifiers: NoteVerifier[],
  options: VerifyOptions,
): Promise<void> {
  const earlier = await Promise.all(
    options.old.map(async (name) => {
      const opened = openCheckpoint(await readGiven(name), verifiers.slice(0, 1))
      if ('problem' in opened) throw new AssayError('invalid', `${name}: ${opened.problem}.`)
      return { name, checkpoint: opened.checkpoint }
    }),
  )
  const report = await verifyLog(await readerOf(context, source), verifiers, earlier)
  const { checkpoint, signedBy, entries, files } = report
  const unsigned = verifiers.find((one) => checkpoint !== null && !signedBy.includes(one.name))
  const problem =
    report.problem ??
    (unsigned ? { path: 'checkpoint', message: `${unsigned.name} has not signed it` } : null)
  if (problem !== null) process.exitCode = 1
  if (options.json) {
    const ok = problem === null
    context.out(JSON.stringify({ ok, origin: checkpoint?.origin ?? null, entries, files, signedBy, problem }))
  } else if (problem === null) {
    context.out(
      `${checkpoint!.origin}: ${entries} entries in ${files} files, all as signed by ${signedBy.join(', ')}.`,
    )
  } else {
    context.note(`assay: ${problem.path}: ${problem.message}.`)
  }
}

async function verifyNote(context: CliContext, path: string, verifiers: NoteVerifier[]): Promise<void> {
  const note = acceptedOf(path, openNote(await readGiven(path), verifiers))
  const missing = verifiers.find(
    (one) => !note.verified.some((signed) => signed.keyId === one.keyId && signed.name === one.name),
  )
  if (missing) throw new AssayError('conflict', `${path}: ${missing.name} has not signed it.`)
  context.out(`${path}: signed by ${note.verified.map((one) => one.name).join(', ')}.`)
}

async function verifyProof(
  context: CliContext,
  path: string,
  entryPath: string | undefined,
  verifiers: NoteVerifier[],
): Promise<void> {
  if (entryPath === undefined)
    throw new AssayError('invalid', '--proof needs --entry: the file with the bytes of the entry.')
  const proof = acceptedOf(path, parseTlogProof(new TextDecoder().decode(await readGiven(path))))
  const opened = openCheckpoint(new TextEncoder().encode(proof.checkpoint), verifiers)
  if ('problem' in opened) throw new AssayError('conflict', `${path}: ${opened.problem}.`)
  const { origin, size, root } = opened.checkpoint
  if (!verifyInclusion(proof.index, size, leafHash(await readGiven(entryPath)), proof.hashes, root)) {
    throw new AssayError('conflict', `${entryPath} is not entry ${proof.index} of ${origin}.`)
  }
  context.out(
    `${entryPath} is entry ${proof.index} of ${origin}, in the tree of ${size} entries signed by ${opened.signedBy.join(', ')}.`,
  )
}

/** One file of a log: a full tile has 8 kB, a full bundle at most 16 MB. */
const fileBytesMax = 17_000_000
const fileDeadlineMs = 60_000

async function readerOf(context: CliContext, source: string): Promise<LogReader> {
  if (!/^https?:\/\//.test(source)) {
    const folder = await stat(source).catch(() => null)
    if (!folder?.isDirectory())
      throw new AssayError('not_found', `${source} is neither a folder nor an http address.`)
    return openDiskBlobs(source).read
  }
  const config = context.config()
  // whoever types an address at the command line may go there, also inside their own network
  const allowedPrivateHosts = [...config.allowedPrivateHosts, new URL(source).hostname]
  const fetcher = createFetcher({ ...config, allowedPrivateHosts }, { gapMs: 0 })
  return async (path) => {
    try {
      const page = await fetcher.fetchPage(`${source.replace(/\/$/, '')}/${path}`, {
        bytesMax: fileBytesMax,
        deadlineMs: fileDeadlineMs,
      })
      return 'bytes' in page ? page.bytes : null
    } catch (error) {
      if (error instanceof AssayError && error.code === 'not_found') return null
      throw error
    }
  }
}

function verifierOfText(text: string): NoteVerifier {
  const verifier = verifierOf(acceptedOf('--vkey', parseVerifierKey(text)))
  if (verifier === null)
    throw new AssayError(
      'invalid',
      '--vkey: signatures of this type are not checked here; give an Ed25519 key.',
    )
  return verifier
}

function acceptedOf<T>(name: string, parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value
  throw new AssayError(
    name.startsWith('--') ? 'invalid' : 'conflict',
    `${name}: ${parsed.problems[0]!.message}.`,
  )
}

async function readGiven(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new AssayError('not_found', `The file ${path} cannot be read.`, { cause })
  }
}
