/** Typed arrays that grow: what an index is written into before it is sealed. */

const encoder = new TextEncoder()

export class IntColumn {
  data: Int32Array
  length = 0

  constructor(room = 256) {
    this.data = new Int32Array(room)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.data = grown(this.data, this.length + 1)
    this.data[this.length++] = value
  }

  sealed(): Int32Array {
    return this.data.slice(0, this.length)
  }
}

export class ByteColumn {
  data: Uint8Array
  length = 0

  constructor(room = 1024) {
    this.data = new Uint8Array(room)
  }

  /** Makes room for `count` more bytes and returns where they start. */
  reserve(count: number): number {
    const start = this.length
    if (start + count > this.data.length) this.data = grown(this.data, start + count)
    this.length = start + count
    return start
  }

  push(value: number): void {
    if (this.length === this.data.length) this.data = grown(this.data, this.length + 1)
    this.data[this.length++] = value
  }

  /** 0 to 2^31 - 1 in one to five bytes, low bits first. */
  pushVarint(value: number): void {
    if (this.length + 5 > this.data.length) this.data = grown(this.data, this.length + 5)
    let rest = value
    while (rest > 0x7f) {
      this.data[this.length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.data[this.length++] = rest
  }

  /** A text as varint length and UTF-8. */
  pushText(text: string): void {
    if (this.length + text.length * 3 + 5 > this.data.length) {
      this.data = grown(this.data, this.length + text.length * 3 + 5)
    }
    const room = this.data.subarray(this.length + 5)
    const { written } = encoder.encodeInto(text, room)
    this.pushVarint(written)
    this.data.copyWithin(this.length, room.byteOffset, room.byteOffset + written)
    this.length += written
  }

  append(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const start = this.reserve(to - from)
    this.data.set(bytes.subarray(from, to), start)
  }

  sealed(): Uint8Array {
    return this.data.slice(0, this.length)
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, needed: number): T {
  const room = Math.max(needed, Math.ceil(from.length * 1.6))
  const to = (from instanceof Int32Array ? new Int32Array(room) : new Uint8Array(room)) as T
  to.set(from)
  return to
}
