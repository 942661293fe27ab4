/**
 * Checking a log from outside: whole, one signed note, or one proof. Needs no server, no database and no package but
 * the hashes, so that the small entry point (verify-alone.ts) can be read and run by anybody who distrusts the rest.
 */
import { readFile, stat } from 'node:fs/promises'
import { AssayError, type Parsed } from '#domain/errors.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { parseVerifierKey } from '#formats/tlog/keys.ts'
import { verifyInclusion } from '#formats/tlog/merkle.ts'
import { type NoteVerifier, openNote } from '#formats/tlog/note.ts'
import { verifierOf } from '#formats/tlog/signatures.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { type LogReader, openCheckpoint } from '#formats/tlog/verify-log.ts'
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { verifyChain } from './verify-chain.ts'
import { type LogFiles, verifyWhole } from './verify-whole.ts'

export interface VerifyOptions {
  vkey: string[]
  old: string[]
  note?: string | undefined
  proof?: string | undefined
  entry?: string | undefined
  json?: boolean | undefined
}

/** Where the answers go, and how a log at an http address is read. */
export interface Outside {
  out(line: string): void
  note(line: string): void
  readerAt(url: string): LogReader
}

/** Whether all is right; what is wrong in the log itself is said, not thrown. @throws invalid, not_found, conflict */
export async function verify(
  outside: Outside,
  source: string | undefined,
  options: VerifyOptions,
): Promise<boolean> {
  const verifiers = verifiersOfTexts(outside, options.vkey)
  if (options.note !== undefined) return verifyNote(outside, options.note, verifiers)
  if (options.proof !== undefined) return verifyProof(outside, options.proof, options.entry, verifiers)
  if (source === undefined)
    throw new AssayError('invalid', 'Say what to check: an address, a folder, --note or --proof.')
  return verifySource(outside, source, verifiers, options)
}

async function verifySource(
  outside: Outside,
  source: string,
  verifiers: NoteVerifier[],
  options: VerifyOptions,
): Promise<boolean> {
  const earlier = await Promise.all(
    options.old.map(async (name) => {
      const opened = openCheckpoint(await readGiven(name), verifiers.slice(0, 1))
      if ('problem' in opened) throw new AssayError('invalid', `${name}: ${opened.problem}.`)
      return { name, checkpoint: opened.checkpoint }
    }),
  )
  const filesAt = filesFor(outside, await placeOf(source))
  const base = source.replace(/\/+$/, '')
  const report = await verifyWhole(filesAt(base), verifiers, earlier)
  const chain = await verifyChain(
    base,
    report.problem === null ? report.firstEntry : null,
    verifiers.slice(1),
    filesAt,
  )
  const { checkpoint, signedBy, entries, files } = report
  const logs = chain.earlier.map((log) => log.origin)
  const unsigned = verifiers.find(
    ({ name }) => checkpoint !== null && !signedBy.includes(name) && !logs.includes(name),
  )
  const problem =
    report.problem ??
    chain.problem ??
    (unsigned ? { path: 'checkpoint', message: `${unsigned.name} has not signed it` } : null)
  if (options.json) {
    const ok = problem === null
    const { earlier, unchecked } = chain
    const origin = checkpoint?.origin ?? null
    outside.out(JSON.stringify({ ok, origin, entries, files, signedBy, problem, earlier, unchecked }))
  } else if (problem === null) {
    outside.out(
      `${checkpoint!.origin}: ${entries} entries in ${files} files, all as signed by ${signedBy.join(', ')}.`,
    )
    for (const log of chain.earlier)
      outside.out(
        `It goes on from ${log.origin}: ${log.entries} entries in ${log.files} files, all as signed.`,
      )
    if (chain.unchecked !== null) {
      const { origin, size } = chain.unchecked
      outside.note(
        `It goes on from ${origin} of ${size} entries, not checked: give its key as a further --vkey.`,
      )
    }
  } else {
    outside.note(`assay: ${problem.path}: ${problem.message}.`)
  }
  return problem === null
}

async function verifyNote(outside: Outside, path: string, verifiers: NoteVerifier[]): Promise<boolean> {
  const note = acceptedOf(path, openNote(await readGiven(path), verifiers))
  const missing = verifiers.find(
    (one) => !note.verified.some((signed) => signed.keyId === one.keyId && signed.name === one.name),
  )
  if (missing) throw new AssayError('conflict', `${path}: ${missing.name} has not signed it.`)
  outside.out(`${path}: signed by ${note.verified.map((one) => one.name).join(', ')}.`)
  return true
}

async function verifyProof(
  outside: Outside,
  path: string,
  entryPath: string | undefined,
  verifiers: NoteVerifier[],
): Promise<boolean> {
  if (entryPath === undefined)
    throw new AssayError('invalid', '--proof needs --entry: the file with the bytes of the entry.')
  const proof = acceptedOf(path, parseTlogProof(new TextDecoder().decode(await readGiven(path))))
  const opened = openCheckpoint(new TextEncoder().encode(proof.checkpoint), verifiers)
  if ('problem' in opened) throw new AssayError('conflict', `${path}: ${opened.problem}.`)
  const { origin, size, root } = opened.checkpoint
  if (!verifyInclusion(proof.index, size, leafHash(await readGiven(entryPath)), proof.hashes, root)) {
    throw new AssayError('conflict', `${entryPath} is not entry ${proof.index} of ${origin}.`)
  }
  outside.out(
    `${entryPath} is entry ${proof.index} of ${origin}, in the tree of ${size} entries signed by ${opened.signedBy.join(', ')}.`,
  )
  return true
}

async function placeOf(source: string): Promise<'web' | 'disk'> {
  if (/^https?:\/\//.test(source)) return 'web'
  const folder = await stat(source).catch(() => null)
  if (folder?.isDirectory()) return 'disk'
  throw new AssayError('not_found', `${source} is neither a folder nor an http address.`)
}

function filesFor(outside: Outside, place: 'web' | 'disk'): (at: string) => LogFiles {
  return place === 'web' ? (url) => ({ read: outside.readerAt(url), list: null }) : openDiskBlobs
}

/** The first key is the log's own and has to be checkable here; a witness of another kind is left out, and said so. */
function verifiersOfTexts(outside: Outside, texts: string[]): NoteVerifier[] {
  return texts.flatMap((text, at) => {
    const key = acceptedOf('--vkey', parseVerifierKey(text))
    const verifier = verifierOf(key)
    if (verifier !== null) return verifier
    const said = `--vkey: signatures of ${key.name} (type ${key.type}) are not checked here`
    if (at === 0) throw new AssayError('invalid', `${said}; give an Ed25519 key first.`)
    outside.note(`${said}; it is left out.`)
    return []
  })
}

function acceptedOf<T>(name: string, parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value
  throw new AssayError(
    name.startsWith('--') ? 'invalid' : 'conflict',
    `${name}: ${parsed.problems[0]!.message}.`,
  )
}

/** The bytes of a file that was named on the command line. @throws not_found */
export async function readGiven(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new AssayError('not_found', `The file ${path} cannot be read.`, { cause })
  }
}
