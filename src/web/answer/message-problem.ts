/** What is wrong with a pasted message, told before it is compared, so that the sentence is in the reader's language. */
import { messageLimits } from '#domain/message.ts'

export const messageProblems = ['empty', 'too-long', 'no-words', 'unavailable'] as const
/** `unavailable` is the site's fault: the records could not be reached. */
export type MessageProblem = (typeof messageProblems)[number]

/** Null when the message can be compared. */
export function problemOfMessage(text: string): Exclude<MessageProblem, 'unavailable'> | null {
  if (/^[\s\p{Cc}\p{Cf}]*$/u.test(text)) return 'empty'
  if (text.length > messageLimits.textMax) return 'too-long'
  return /[\p{L}\p{N}]/u.test(text) ? null : 'no-words'
}

/** Whether a message is one web address and nothing else. */
export function isOnlyLink(text: string): boolean {
  return /^\s*(https?:\/\/|www\.)\S+\s*$/i.test(text)
}
