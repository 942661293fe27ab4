/** What a form of the desk is told when a flow refuses: the status, and a code that the page has words for. */
import { type ActionFailure, fail } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'

export const toldCodes = ['invalid', 'too_large', 'conflict', 'forbidden'] as const
export type ToldCode = (typeof toldCodes)[number]

/** Runs a flow for a form; what is not for the person to mend is thrown on. */
export async function attempt<Done, Typed extends object>(
  work: () => Promise<Done>,
  typed: Typed,
): Promise<Done | ActionFailure<Typed & { problem: ToldCode; sentence: string }>> {
  try {
    return await work()
  } catch (error) {
    if (!isAssayError(error)) throw error
    const problem = toldCodes.find((code) => code === error.code)
    if (!problem) throw error
    return fail(httpStatus[problem], { ...typed, problem, sentence: error.message })
  }
}
