/**
 * What is kept of each review: its id, the claim and title as written, the terms it was indexed by, day and language.
 * A table of columns, written once and sealed.
 */
import type { DocumentTerms } from '../candidates.ts'
import { fields, termFlags } from '../candidates.ts'
import { mixed } from '../text/hash.ts'
import { ByteColumn, IntColumn } from './columns.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A day that is not known. */
export const noDay = -0x80000000

export interface DocumentTable {
  readonly count: number
  /** Per document: varint length and UTF-8 of id, claim and title, and one byte: 1 when the title is the claim, whose length is then 0. */
  readonly texts: Uint8Array
  readonly textOffsets: Int32Array
  /** Per document and field (links last): varint count, then the terms; see `writeTerms`. */
  readonly terms: Uint8Array
  readonly termOffsets: Int32Array
  readonly days: Int32Array
  /** Three letters in base 27. */
  readonly langs: Int32Array
  readonly idHashes: Int32Array
}

const decoder = new TextDecoder()

export function hashOfId(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

export function packLang(lang: string | null): number {
  let packed = 0
  for (let at = 0; at < 3; at++) {
    const letter = (lang?.charCodeAt(at) ?? 0x60) - 0x60
    packed = packed * 27 + (letter > 0 && letter < 27 ? letter : 0)
  }
  return packed
}

export function unpackLang(packed: number): string | null {
  const letters = [Math.floor(packed / 729), Math.floor(packed / 27) % 27, packed % 27]
  const lang = letters.map((letter) => (letter === 0 ? '' : String.fromCharCode(0x60 + letter))).join('')
  return lang === '' ? null : lang
}

/** A document's terms by field, links last. */
export interface WrittenTerms {
  readonly ids: IntColumn
  readonly flags: IntColumn
  /** Start of each field, of the links, and the end: six numbers. */
  readonly starts: Int32Array
}

const codeBits = 2
const plain = 0
const stop = 1
const name = 2
const spelt = 3
const { NAME, STOP } = termFlags
/** Marks that belong to the term, not to the place, and are kept in the vocabulary. */
export const termOwnFlags = termFlags.NUMBER | termFlags.GRAM | termFlags.LINK

/** Collects documents; `sealed` is the table. */
export class DocumentWriter {
  readonly #texts: ByteColumn
  readonly #textOffsets: IntColumn
  readonly #terms: ByteColumn
  readonly #termOffsets: IntColumn
  readonly #days: IntColumn
  readonly #langs: IntColumn
  readonly #idHashes: IntColumn

  /** Room for all of these, so that nothing grows while they are copied. */
  constructor(tables: readonly DocumentTable[] = []) {
    const sum = (sizeOf: (table: DocumentTable) => number) =>
      tables.reduce((whole, table) => whole + sizeOf(table), 0)
    const documents = 1 + sum(({ count }) => count)
    this.#texts = new ByteColumn(
      Math.max(
        1 << 16,
        sum(({ texts }) => texts.length),
      ),
    )
    this.#terms = new ByteColumn(
      Math.max(
        1 << 16,
        sum(({ terms }) => terms.length),
      ),
    )
    this.#textOffsets = new IntColumn(documents)
    this.#termOffsets = new IntColumn(documents)
    this.#days = new IntColumn(documents)
    this.#langs = new IntColumn(documents)
    this.#idHashes = new IntColumn(documents)
  }

  get count(): number {
    return this.#days.length
  }

  /** Appends a document and returns its place. */
  add(
    id: string,
    claim: string,
    title: string,
    terms: WrittenTerms,
    day: number,
    lang: string | null,
  ): number {
    this.#textOffsets.push(this.#texts.length)
    this.#text(id)
    this.#text(claim)
    this.#text(title === claim ? '' : title)
    this.#texts.push(title === claim ? 1 : 0)
    this.#termOffsets.push(this.#terms.length)
    writeTerms(this.#terms, terms)
    this.#days.push(day)
    this.#langs.push(packLang(lang))
    this.#idHashes.push(hashOfId(id))
    return this.count - 1
  }

  /** Appends a document of another table as it is. */
  copy(from: DocumentTable, doc: number): void {
    this.#textOffsets.push(this.#texts.length)
    this.#texts.append(from.texts, from.textOffsets[doc], from.textOffsets[doc + 1])
    this.#termOffsets.push(this.#terms.length)
    this.#terms.append(from.terms, from.termOffsets[doc], from.termOffsets[doc + 1])
    this.#days.push(from.days[doc]!)
    this.#langs.push(from.langs[doc]!)
    this.#idHashes.push(from.idHashes[doc]!)
  }

  #text(text: string): void {
    this.#texts.pushText(text)
  }

  sealed(): DocumentTable {
    this.#textOffsets.push(this.#texts.length)
    this.#termOffsets.push(this.#terms.length)
    return {
      count: this.count,
      texts: this.#texts.sealed(),
      textOffsets: this.#textOffsets.sealed(),
      terms: this.#terms.sealed(),
      termOffsets: this.#termOffsets.sealed(),
      days: this.#days.sealed(),
      langs: this.#langs.sealed(),
      idHashes: this.#idHashes.sealed(),
    }
  }
}

/** Each term is one varint of id × 4 + code; the marks follow in a byte of their own when no code says them. */
function writeTerms(into: ByteColumn, { ids, flags, starts }: WrittenTerms): void {
  for (let field = 0; field <= fields.length; field++) {
    into.pushVarint(starts[field + 1]! - starts[field]!)
    for (let at = starts[field]!; at < starts[field + 1]!; at++) {
      const marks = flags.data[at]! & ~termOwnFlags
      const code = marks === 0 ? plain : marks === STOP ? stop : marks === NAME ? name : spelt
      into.pushVarint((ids.data[at]! << codeBits) | code)
      if (code === spelt) into.push(marks)
    }
  }
}

/** Reads a document's terms; those of the links stand after the last field. */
export function readTerms(
  table: DocumentTable,
  doc: number,
  vocabulary: Vocabulary,
  into: DocumentTerms,
): void {
  const bytes = table.terms
  let at = table.termOffsets[doc]!
  const room = table.termOffsets[doc + 1]! - at
  if (into.terms.length < room) {
    into.terms = new Int32Array(room * 2)
    into.flags = new Uint8Array(room * 2)
  }
  const { terms, flags, fieldStarts } = into
  let count = 0
  for (let field = 0; field <= fields.length; field++) {
    fieldStarts[field] = count
    let left = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      left |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    for (; left > 0; left--) {
      let byte = bytes[at++]!
      let value = byte & 0x7f
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = bytes[at++]!
        value |= (byte & 0x7f) << shift
      }
      const term = value >>> codeBits
      const code = value & 3
      let marks = vocabulary.flags(term)
      if (code !== plain) marks |= code === stop ? STOP : code === name ? NAME : bytes[at++]!
      terms[count] = term
      flags[count++] = marks
    }
  }
  into.count = count
}

/** Id, claim and title as written. */
export function readTexts(table: DocumentTable, doc: number): { id: string; claim: string; title: string } {
  const bytes = table.texts
  let at = table.textOffsets[doc]!
  const next = () => {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      length |= (byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    at += length
    return decoder.decode(bytes.subarray(at - length, at))
  }
  const id = next()
  const claim = next()
  const title = next()
  return { id, claim, title: bytes[at] === 1 ? claim : title }
}

export function readId(table: DocumentTable, doc: number): string {
  const bytes = table.texts
  let at = table.textOffsets[doc]!
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]!
    length |= (byte & 0x7f) << shift
    if (byte < 0x80) break
  }
  return decoder.decode(bytes.subarray(at, at + length))
}

/** Finds documents by id. Open addressing over `idHashes`, at most half full: place + 1, or 0. */
export function idSlotsOf(table: DocumentTable): Int32Array {
  let room = 16
  while (room < table.count * 2) room *= 2
  const slots = new Int32Array(room)
  for (let doc = 0; doc < table.count; doc++) {
    let at = table.idHashes[doc]! & (room - 1)
    while (slots[at] !== 0) at = (at + 1) & (room - 1)
    slots[at] = doc + 1
  }
  return slots
}
