/** What a form of the desk is told when a flow refuses: the status, a code that the page has words for, and what was typed. */
import { type ActionFailure, fail } from '@sveltejs/kit'
import { httpStatus, isAssayError } from '#domain/errors.ts'
import type { WordKey } from '../words/words.ts'

export const toldCodes = ['invalid', 'too_large', 'conflict', 'forbidden', 'unavailable'] as const
export type ToldCode = (typeof toldCodes)[number]

export interface Refusal {
  problem: ToldCode
  /** The flow's own sentence, in English. */
  sentence: string
}

/** Runs a flow for a form; what is not for the person to mend is thrown on. */
export async function attempt<Done, Typed extends object>(
  work: () => Promise<Done>,
  typed: Typed,
): Promise<Done | ActionFailure<Typed & Refusal>> {
  try {
    return await work()
  } catch (error) {
    if (!isAssayError(error)) throw error
    const problem = toldCodes.find((code) => code === error.code)
    if (!problem) throw error
    return fail(httpStatus[problem], { ...typed, problem, sentence: error.message })
  }
}

/** What to say beside a text field of a form that was refused; null when the text is not what is wrong. */
export function fieldProblemOf(form: object | null, value: string, max: number): WordKey | null {
  const problem = form && 'problem' in form ? form.problem : null
  if (problem !== 'invalid' && problem !== 'too_large') return null
  if (value.trim() === '') return 'desk.field.missing'
  return value.length > max ? 'desk.field.long' : null
}
