/** A witness as a process of its own (witness-process.ts), and a log that asks it for its signature. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { formatCheckpoint } from '#formats/tlog/checkpoint.ts'
import { publicKeyOf } from '#formats/tlog/ed25519.ts'
import { formatVerifierKey, keyIdOf, signatureTypes } from '#formats/tlog/keys.ts'
import { formatNote } from '#formats/tlog/note.ts'
import type { WitnessPolicy } from '#formats/tlog/policy.ts'
import { signNote } from '#formats/tlog/signatures.ts'
import { formatAddCheckpoint } from '#formats/tlog/witness.ts'
import { createFetcher } from '#io/net/fetcher.ts'
import type { LogDesk } from './log-desk.ts'

const program = fileURLToPath(new URL('./witness-process.ts', import.meta.url))
const name = 'witness.example'
const type = signatureTypes.cosignature
const publicKey = publicKeyOf(new Uint8Array(32).fill(5))

export const witnessKey = { name, type, keyId: keyIdOf(name, type, publicKey), publicKey }

/** One that may go to this machine, where the witness is. */
export function openWitnessFetcher() {
  const allowedPrivateHosts = ['127.0.0.1']
  return createFetcher({ publicUrl: 'http://127.0.0.1', allowedPrivateHosts }, { gapMs: 0 })
}

export class Witness {
  readonly url: string
  readonly #child: ChildProcess

  private constructor(url: string, child: ChildProcess) {
    this.url = url
    this.#child = child
  }

  /** With what it saw before, by the file; it is then the one witness that the log needs. */
  static async start(log: LogDesk, stateFile: string): Promise<Witness> {
    const child = spawn(process.execPath, [program, name, formatVerifierKey(log.verifier), stateFile], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    const url = `http://127.0.0.1:${port.toString().trim()}`
    log.place.policy = policyOf(url)
    return new Witness(url, child)
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.stdin!.end()
    await ended
  }
}

function policyOf(url: string): WitnessPolicy {
  const witnesses = new Map([['one', { key: witnessKey, url }]])
  return { logs: [], witnesses, groups: new Map(), quorum: 'one' }
}

/** Sends a checkpoint that this log's key signed, as a log does that wants to change the past. */
export async function submit(
  fetcher: ReturnType<typeof openWitnessFetcher>,
  { log, url }: { log: LogDesk; url: string },
  {
    oldSize,
    size,
    root,
    proof = [],
  }: { oldSize: number; size: number; root: Uint8Array; proof?: Uint8Array[] },
): Promise<{ status: number; body: string }> {
  const text = formatCheckpoint({ origin: log.signer.name, size, root })
  const checkpoint = formatNote({ text, signatures: [signNote(log.signer, text)] })
  const { status, bytes } = await fetcher.post(`${url}/add-checkpoint`, {
    body: formatAddCheckpoint({ oldSize, proof, checkpoint }),
    contentType: 'text/plain',
    bytesMax: 10_000,
    deadlineMs: 10_000,
  })
  return { status, body: new TextDecoder().decode(bytes) }
}
