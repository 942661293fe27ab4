/** How the API says that something went wrong: application/problem+json (RFC 9457) with a `code` of docs/errors.md. */
import { z } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { AssayError, type ErrorCode, errorCodes, httpStatus, isAssayError } from '#domain/errors.ts'

export const ProblemSchema = z
  .object({
    type: z.string().openapi({ example: '/docs#error-invalid' }),
    title: z.string().openapi({ example: 'The request cannot be used' }),
    status: z.int().openapi({ example: 400 }),
    code: z.enum([...errorCodes, 'internal']),
    detail: z.string().openapi({ description: 'One sentence that says what to do.' }),
  })
  .openapi('Problem', { description: 'RFC 9457 problem details.' })

export type Problem = z.infer<typeof ProblemSchema>

const titles: Record<ErrorCode | 'internal', string> = {
  invalid: 'The request cannot be used',
  not_found: 'There is nothing here',
  conflict: 'Something changed in between',
  forbidden: 'That is not allowed',
  unauthenticated: 'Sign in first',
  too_large: 'That is too large',
  rate_limited: 'Too many requests',
  unavailable: 'Assay is not able to answer right now',
  internal: 'Assay made a mistake',
}

/** What was thrown, as a problem. Our own mistakes say nothing of themselves: the journal has the cause. */
export function problemOf(error: unknown): Problem {
  if (isAssayError(error)) return problem(error.code, error.message)
  if (error instanceof HTTPException) return problemOfHono(error)
  return problem('internal', 'Something broke on our side and has been noted. Try again in a moment.', 500)
}

function problem(code: Problem['code'], detail: string, status?: number): Problem {
  const number = status ?? (code === 'internal' ? 500 : httpStatus[code])
  return { type: `/docs#error-${code}`, title: titles[code], status: number, code, detail }
}

/** Hono itself throws these two for a body that it cannot hand on. */
function problemOfHono(error: HTTPException): Problem {
  if (error.status === 415) {
    return problem('invalid', 'Send the body as JSON, with the header Content-Type: application/json.', 415)
  }
  return problem('invalid', 'The body is not valid JSON in UTF-8; correct it and send it again.')
}

export const methodNotAllowed = (allowed: string[]): Problem =>
  problem('invalid', `This address takes ${allowed.join(' or ')} only.`, 405)

/** The first thing that is wrong, with its place, in the words of the schema. */
export function invalidInput(error: z.core.$ZodError): AssayError {
  const issue = error.issues[0]
  const place = issue?.path.join('.') ?? ''
  const message = issue?.message ?? 'cannot be used'
  return new AssayError('invalid', place === '' ? `The body ${message}.` : `"${place}" ${message}.`)
}

export function problemHeaders({ status }: Problem): Record<string, string> {
  const retry = status === 503 || status === 429
  return { 'Cache-Control': 'no-store', ...(retry ? { 'Retry-After': `${retryAfterSeconds}` } : {}) }
}

/** Long enough for a restart of the database, short enough that a person waits for it. */
export const retryAfterSeconds = 5

/** For the route descriptions: the problems that any route may answer with. */
export const problemResponses = (...codes: (keyof typeof meanings)[]) =>
  Object.fromEntries(
    codes.map((status) => [
      status,
      {
        description: meanings[status],
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    ]),
  )

const meanings = {
  400: 'Something in the request cannot be used; `detail` says what.',
  404: 'There is none of this id.',
  409: 'It contradicts what is there already; `detail` says what to change.',
  413: 'The body is larger than 1 MB, or the text longer than 100,000 characters.',
  415: 'The body is not declared as JSON.',
  429: 'Too many are sent in at this moment; try again after `Retry-After` seconds.',
  503: 'The database cannot be reached or too much is going on; try again after `Retry-After` seconds.',
} as const
