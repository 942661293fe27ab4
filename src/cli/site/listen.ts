/** The HTTP server itself: its limits, its address, and how it ends without cutting anybody off. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '#config.ts'
import { AssayError } from '#domain/errors.ts'

/** In milliseconds: the whole request from its first to its last byte, and its headers. */
const requestTimeoutMs = 30_000
const headersTimeoutMs = 10_000
/** For those who are being served when the server is told to stop. */
const finishTimeoutMs = 10_000

export interface Listening {
  /** Where it really listens: the port chosen by the system when the setting was 0. */
  port: number
  /** Takes nobody new, and resolves when the last one is served or the time for that is over. */
  close(): Promise<void>
}

/** @throws conflict (the port is taken), forbidden (not for this user), invalid (no address of this machine) */
export async function listen(
  { host, port }: Pick<Config, 'host' | 'port'>,
  listener: RequestListener,
): Promise<Listening> {
  let closing = false
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: headersTimeoutMs },
    (request, response) => {
      // Else a client that keeps its connection would be served until it is cut off.
      if (closing) response.setHeader('Connection', 'close')
      listener(request, response)
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      closing = true
      return closeServer(server)
    },
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), finishTimeoutMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AssayError {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is in use; stop what uses it, or choose another with PORT.`,
    EACCES: `Port ${port} may not be opened by this user; choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `${host} is no address of this machine; set HOST to one, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `${host} is no address of this machine; set HOST to one, such as 127.0.0.1 or 0.0.0.0.`,
  }
  const sentence = sentences[error.code ?? ''] ?? `Cannot listen on ${host}:${port} (${error.message}).`
  const code = error.code === 'EADDRINUSE' ? 'conflict' : error.code === 'EACCES' ? 'forbidden' : 'invalid'
  return new AssayError(code, sentence, { cause: error })
}
