/** The operator's own table of competent bodies: `competence.json` in the data folder, read anew when it is asked for. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '#config.ts'
import { type CompetentBody, type Concern, concerns, emergencyNumberOf } from '#domain/competence.ts'
import { AssayError } from '#domain/errors.ts'

const BodySchema = z
  .object({
    name: z.string().max(200).nullable().default(null),
    phone: z
      .string()
      .regex(/^[+\d][\d ()-]{1,30}$/)
      .nullable()
      .default(null),
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
  })
  .strict()
const TableSchema = z.record(
  z.string().regex(/^[A-Z]{2}$/),
  z.partialRecord(z.enum(concerns), z.array(BodySchema).max(20)),
)

export const competenceFile = 'competence.json'

/**
 * Who is competent in a country, by concern; for danger at least its emergency number, where that is known.
 * @throws invalid when the operator's table cannot be used
 */
export async function findCompetentBodies(
  { dataFolder }: Pick<Config, 'dataFolder'>,
  country: string,
): Promise<Partial<Record<Concern, CompetentBody[]>>> {
  const own = (await readTable(join(dataFolder, competenceFile)))[country] ?? {}
  const phone = emergencyNumberOf(country)
  return { ...(phone === null ? {} : { danger: [{ name: null, phone, url: null }] }), ...own }
}

async function readTable(path: string): Promise<z.infer<typeof TableSchema>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  try {
    return TableSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new AssayError(
      'invalid',
      'The file competence.json in the data folder cannot be used; docs/operating.md shows its form.',
      { cause },
    )
  }
}
