/** Parameters that several routes share, with the sentence that each gives back when it cannot be used. */
import { z } from '@hono/zod-openapi'

/** Whole number from 1 to `max`, from a query's text or a JSON number. */
export function limitParameter(usual: number, max: number) {
  const error = `must be a whole number from 1 to ${max}`
  return z.coerce
    .number({ error })
    .int({ error })
    .min(1, { error })
    .max(max, { error })
    .default(usual)
    .openapi({ description: `How many at most, 1 to ${max}.`, type: 'integer' })
}

const langError = 'must be a language code such as "en" or "pt-BR"'

export const langParameter = z
  .string({ error: langError })
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, { error: langError })
  .optional()
  .openapi({ description: 'Language (BCP 47), a hint only: answers come in every language.', example: 'en' })

/** A text that the database can be asked for. */
export const textParameter = (textMax: number) =>
  z
    .string({ error: 'must be a text' })
    .max(textMax, { error: `must be at most ${textMax} characters` })
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      error: 'holds characters that are no text',
    })

/** A day, or a time in UTC. */
export const dateParameter = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/, { error: 'must be a date such as 2024-05-31' })
  .refine((text) => !Number.isNaN(Date.parse(text)), { error: 'must be a date such as 2024-05-31' })
