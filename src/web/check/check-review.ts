/**
 * The only script of the public pages: checks in the reader's own browser that a review is in the public log. It takes
 * proof, entry, document and key as text, believes none of them, and writes what it finds into the page.
 */
import * as ed25519 from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { problemOfEntry } from '#formats/publications/check-entry.ts'
import { leafHash } from '#formats/tlog/hash.ts'
import { parseVerifierKey, signatureTypes, type VerifierKey } from '#formats/tlog/keys.ts'
import { verifyInclusion } from '#formats/tlog/merkle.ts'
import type { NoteVerifier } from '#formats/tlog/note.ts'
import { parseTlogProof } from '#formats/tlog/tlog-proof.ts'
import { openCheckpoint } from '#formats/tlog/verify-log.ts'

ed25519.hashes.sha512 = sha512

type Step = 'document' | 'entry' | 'signature'
const saltLength = 16

function verifierOf({ name, keyId, type, publicKey }: VerifierKey): NoteVerifier | null {
  if (type !== signatureTypes.ed25519) return null
  const verify = (text: string, signature: Uint8Array) =>
    signature.length === 64 && ed25519.verify(signature, new TextEncoder().encode(text), publicKey)
  return { name, keyId, verify }
}

/** Which of the steps hold. */
function check(given: {
  salt: Uint8Array
  document: string
  entry: Uint8Array
  proof: string
  key: string
}): Record<Step, boolean> {
  const { salt, document, entry } = given
  const result = { document: false, entry: false, signature: false }
  result.document = holds(() => problemOfEntry({ salt, document, entry }) === null)
  const proof = parseTlogProof(given.proof)
  const key = parseVerifierKey(given.key)
  const verifier = key.ok ? verifierOf(key.value) : null
  if (!proof.ok || verifier === null) return result
  const opened = openCheckpoint(new TextEncoder().encode(proof.value.checkpoint), [verifier])
  if ('problem' in opened) return result
  result.signature = true
  const { size, root } = opened.checkpoint
  result.entry = verifyInclusion(proof.value.index, size, leafHash(entry), proof.value.hashes, root)
  return result
}

/** A document that is no JSON any more does not hold either. */
function holds(test: () => boolean): boolean {
  try {
    return test()
  } catch {
    return false
  }
}

async function bytesAt(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { cache: 'no-store' })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

async function start(form: HTMLFormElement): Promise<void> {
  const field = (name: string) => form.elements.namedItem(name) as HTMLTextAreaElement
  const { review, version } = form.dataset
  const [salted, entry, proof] = (await Promise.all(
    (['document', 'entry', 'tlog-proof'] as const).map((kind) =>
      bytesAt(`${review}.${kind}?version=${version}`),
    ),
  )) as [Uint8Array, Uint8Array, Uint8Array]
  const text = new TextDecoder()
  field('document').value = text.decode(salted.subarray(saltLength))
  field('entry').value = text.decode(entry)
  field('proof').value = text.decode(proof)
  const show = () => {
    const result = check({
      salt: salted.subarray(0, saltLength),
      document: field('document').value,
      entry: new TextEncoder().encode(field('entry').value),
      proof: field('proof').value,
      key: field('key').value,
    })
    for (const place of document.querySelectorAll<HTMLElement>('[data-step]')) {
      const good = result[place.dataset.step as Step]
      place.textContent = (good ? place.dataset.good : place.dataset.bad) ?? ''
      place.className = good ? 'good' : 'bad'
    }
    const all = Object.values(result).every(Boolean)
    const verdict = document.getElementById('verdict')!
    verdict.textContent = (all ? verdict.dataset.good : verdict.dataset.bad) ?? ''
    verdict.className = all ? 'good' : 'bad'
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show()
  })
  form.hidden = false
  show()
}

const form = document.querySelector<HTMLFormElement>('form[data-review]')
if (form) {
  start(form).catch(() => {
    const verdict = document.getElementById('verdict')!
    verdict.textContent = verdict.dataset.away ?? ''
  })
}
