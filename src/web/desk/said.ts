/** What a flow refused, for the form that was sent: its sentence, its status and what was typed. */
import { type ActionFailure, fail } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'

/** Rethrows what is no refusal of an input: what is not there, what broke. */
export function refusalOf<Typed extends Record<string, string>>(
  error: unknown,
  typed: Typed,
): ActionFailure<{ said: string; typed: Typed }> {
  if (!isAssayError(error) || error.code === 'not_found') throw error
  return fail(httpStatus[error.code], { said: error.message, typed })
}
