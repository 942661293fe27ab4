/** The built pages, as a handler of Node requests that finds the needs on the request. */
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OpenApiDocument } from '#api/document.ts'
import { AssayError } from '#domain/errors.ts'
import type { Needs } from '#flows/needs.ts'

/** What the pages' hooks take from the Node request. */
export interface Handed {
  needs: Needs
  /** For the page that describes the API. */
  openapi: OpenApiDocument
}

export type PagesHandler = (
  request: IncomingMessage & { assay?: Handed },
  response: ServerResponse,
  next: () => void,
) => unknown

/** 100,000 characters of any script, percent-encoded in a form: nine bytes each at worst. */
const formBytesMax = 1024 * 1024

/** @throws unavailable when the pages are not built */
export async function loadPages(): Promise<PagesHandler> {
  const built = new URL('../../../build/handler.js', import.meta.url)
  if (!existsSync(built)) {
    throw new AssayError('unavailable', 'The pages are not built yet; run: npm run setup')
  }
  // The built handler reads its one limit from here when it is loaded.
  process.env.BODY_SIZE_LIMIT = String(formBytesMax)
  const { handler }: { handler: PagesHandler } = await import(built.href)
  return handler
}
