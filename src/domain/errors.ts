/** The expected errors: what a caller did or met, in a sentence that says what to do. Our own mistakes are `assert`. */

export const errorCodes = [
  'invalid',
  'not_found',
  'conflict',
  'forbidden',
  'unauthenticated',
  'too_large',
  'rate_limited',
  'unavailable',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export class AssayError extends Error {
  readonly code: ErrorCode
  override readonly name = 'AssayError'

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** The one mapping to HTTP, for the pages and the API. */
export const httpStatus: Record<ErrorCode, 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
}

/** Told by its name, not its class: the built pages carry their own copy of this file. */
export function isAssayError(error: unknown): error is AssayError {
  return error instanceof Error && error.name === 'AssayError' && 'code' in error
}

/** One thing that is wrong with a piece of data, and where: `path` is a JSON path such as `$.reviewRating.ratingValue`. */
export interface Problem {
  path: string
  message: string
}

/** What a parser returns: it never throws on bad data. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }
