/**
 * rumours → what the public page says of them: once a day, and once as soon as a person has approved a wording. Between
 * two draws nothing that is sent in, deleted or merged changes a figure.
 */
import { randomInt } from 'node:crypto'
import { askedFigures } from '#domain/asked.ts'
import { dayOf } from '#domain/tip.ts'
import { listUndrawn, updateAsked } from '#io/database/tips/asked-figures.ts'
import type { Needs } from '../needs.ts'

/** Rumours of one round. */
const rumoursMax = 500

/** How many rumours were drawn. */
export async function drawAsked({ db, clock }: Pick<Needs, 'db' | 'clock'>): Promise<number> {
  const today = dayOf(clock.now())
  let drawn = 0
  for (;;) {
    const undrawn = await listUndrawn(db, { today, limit: rumoursMax })
    await db.transaction().execute(async (tx) => {
      for (const { id, days, gone, shown } of undrawn) {
        const figures = askedFigures(days, { gone, today, shown, draw: () => randomInt(-3, 4) })
        await updateAsked(tx, id, figures, today)
      }
    })
    drawn += undrawn.length
    if (undrawn.length < rumoursMax) return drawn
  }
}
