/**
 * A witness as a process of its own, from the specification (C2SP tlog-witness v1.0.0): it cosigns a checkpoint of the
 * one log that it knows only when that goes on from the last one that it saw, and keeps that in a file.
 * Arguments: name, log's verifier key, state file. Says its port in one line; ends when its input ends.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Checkpoint, parseCheckpoint } from '#formats/tlog/checkpoint.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import { emptyRoot } from '#formats/tlog/hash.ts'
import { keyIdOf, parseVerifierKey, signatureTypes } from '#formats/tlog/keys.ts'
import { verifyConsistency } from '#formats/tlog/merkle.ts'
import { formatSignatureLine, openNote } from '#formats/tlog/note.ts'
import { cosign, verifierOf } from '#formats/tlog/signatures.ts'
import { parseAddCheckpoint, sizeContentType } from '#formats/tlog/witness.ts'

const [name = '', vkey = '', stateFile = ''] = process.argv.slice(2)
const parsed = parseVerifierKey(vkey)
if (!parsed.ok) throw new Error('the second argument is the verifier key of a log')
const log = parsed.value
const seed = new Uint8Array(32).fill(5)
const type = signatureTypes.cosignature
const key = { name, type, keyId: keyIdOf(name, type, publicKeyOf(seed)), seed }

let seen: Pick<Checkpoint, 'size' | 'root'> = { size: 0, root: emptyRoot }
try {
  const kept = JSON.parse(readFileSync(stateFile, 'utf8')) as { size: number; root: number[] }
  seen = { size: kept.size, root: Uint8Array.from(kept.root) }
} catch {
  // nothing seen yet
}

interface Answer {
  status: number
  body: string
  contentType?: string
}

function addCheckpoint(text: string): Answer {
  const request = parseAddCheckpoint(text)
  if (!request.ok) return { status: 400, body: 'not an add-checkpoint' }
  const { oldSize, proof, checkpoint } = request.value
  const note = openNote(new TextEncoder().encode(checkpoint), [verifierOf(log)!])
  if (!note.ok) return { status: 403, body: 'not signed by a log that is known here' }
  const read = parseCheckpoint(note.value.text)
  if (!read.ok) return { status: 400, body: 'not a checkpoint' }
  const { origin, size, root } = read.value
  if (origin !== log.name) return { status: 404, body: 'unknown log' }
  if (oldSize > size) return { status: 400, body: 'old is larger than the checkpoint' }
  if (oldSize !== seen.size) return { status: 409, body: `${seen.size}\n`, contentType: sizeContentType }
  const grown = oldSize === 0 ? proof.length === 0 : verifyConsistency(oldSize, size, seen.root, root, proof)
  if (!grown) return { status: 422, body: 'it does not go on from what was seen' }
  seen = { size, root }
  writeFileSync(stateFile, JSON.stringify({ size, root: [...root] }))
  return { status: 200, body: formatSignatureLine(cosign(key, note.value.text, 1_700_000_000)) }
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const {
      status,
      body,
      contentType = 'text/plain; charset=utf-8',
    } = request.url === '/add-checkpoint' && request.method === 'POST'
      ? addCheckpoint(Buffer.concat(pieces).toString())
      : { status: 404, body: 'nothing here' }
    response.writeHead(status, { 'Content-Type': contentType }).end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
process.stdin.resume().on('end', () => process.exit(0))
