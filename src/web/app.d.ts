/** What a request carries into the pages: `assay serve` hands it in on the Node request. */
import type { Actor } from '#domain/actor.ts'
import type { AssayError, ErrorCode } from '#domain/errors.ts'
import type { SignedIn } from '#flows/admit-person/sessions.ts'
import type { Needs } from '#flows/needs.ts'
import type { Comparison } from './answer/comparison.ts'
import type { OpenApiDocument } from './docs/reference.ts'
import type { KeptForm } from './unsent/kept-form.ts'
import type { Language } from './words/languages.ts'

declare module 'node:http' {
  interface IncomingMessage {
    assay?: { needs: Needs; openapi: OpenApiDocument }
  }
}

declare global {
  namespace App {
    interface Locals {
      needs: Needs
      openapi: OpenApiDocument
      language: Language
      /** Null when the browser's preference decided. */
      chosenLanguage: Language | null
      /** Who is at the desk; null everywhere else, and for who is not signed in. */
      signedIn: SignedIn | null
      actor: Actor | null
      /** Why nobody could be asked who that is. */
      unreached?: AssayError
      /** The form that was sent, for a page that has to say that it was not taken. */
      sent: Request | null
      /** What a 429 or 503 says of when to come again; five seconds where nobody says more. */
      retryAfterSeconds?: number
    }
    interface PageData {
      language: Language
      chosenLanguage: Language | null
      /** The site's public address, without a slash at the end. */
      publicUrl: string
      comparison: Comparison
      /** At the desk: what every form carries (FormToken.svelte). */
      formToken?: string
    }
    interface Error {
      code?: ErrorCode
      /** What was sent and not taken. */
      unsent?: KeptForm
    }
  }
}
