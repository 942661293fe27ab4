/** A server of this machine that speaks the embeddings API: right by default, or as wrong as a test wants it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AskedVectors {
  texts: string[]
  model: string
  headers: IncomingMessage['headers']
}

export interface VectorServer {
  /** Of the API, as the setting wants it. */
  url: string
  asked: AskedVectors[]
  /** How it answers from now on. */
  answer: (texts: string[], response: ServerResponse) => void
  close(): Promise<void>
}

/** Numbers in a vector of the server's "model": enough that words of different meaning are hardly alike. */
export const dimension = 256

/**
 * What stands for a model: words that mean the same have the same direction, every other word has one of its own, and a
 * text is the sum of its words.
 */
export function meaningOf(text: string, length = dimension): number[] {
  const sum = new Array<number>(length).fill(0)
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const meaning = sameMeaning.get(word) ?? word
    for (let at = 0; at < length; at++) sum[at]! += partOf(meaning, at)
  }
  return sum
}

const sameMeaning = new Map([
  ...['brot', 'pan', 'خبز'].map((word): [string, string] => [word, 'bread']),
  ...['stein', 'piedra'].map((word): [string, string] => [word, 'stone']),
  ...['gefriertruhe', 'congelador'].map((word): [string, string] => [word, 'freezer']),
])

function partOf(word: string, at: number): number {
  let hash = 2166136261 ^ (at * 7919)
  for (const letter of word) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16777619)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 2246822519)
  hash ^= hash >>> 13
  return ((hash >>> 0) / 2 ** 32) * 2 - 1
}

export function sendVectors(response: ServerResponse, vectors: unknown[]): void {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }))
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ object: 'list', data }))
}

export function sendMeanings(texts: string[], response: ServerResponse): void {
  sendVectors(
    response,
    texts.map((text) => meaningOf(text)),
  )
}

export async function openVectorServer(): Promise<VectorServer> {
  const asked: AskedVectors[] = []
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { input, model } = JSON.parse(body) as { input: string[]; model: string }
      asked.push({ texts: input, model, headers: request.headers })
      if (request.url === '/v1/embeddings') opened.answer(input, response)
      else response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const opened: VectorServer = {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    answer: sendMeanings,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return opened
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
