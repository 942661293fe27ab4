/** A long message → passages of the size of a claim, so that each of the several things it says can be found. */
import type { Span } from '../analyse.ts'
import { kindOfUnit, kinds } from '../letters.ts'

/** Weights count a letter as one; one of a script without spaces says as much as three. */
export const passageLimits = { messageWeightMin: 160, passageWeightMin: 40, readMax: 20_000 } as const

const sentences = new Intl.Segmenter('und', { granularity: 'sentence' })

/** At most `most` passages that together hold every sentence of the first `readMax` letters; none for a short message. */
export function passagesOf(text: string, skipped: readonly Span[], most: number): Span[] {
  const head = text.slice(0, passageLimits.readMax)
  const units = sentencesOf(head, skipped)
  const whole = units.reduce((sum, { weight }) => sum + weight, 0)
  if (whole < passageLimits.messageWeightMin) return []
  const least = Math.max(passageLimits.passageWeightMin, whole / most)
  const passages: Weighed[] = []
  for (const unit of units) {
    const last = passages.at(-1)
    if (last !== undefined && last.weight < least) {
      last.end = unit.end
      last.weight += unit.weight
    } else passages.push({ ...unit })
  }
  const tail = passages.at(-1)
  if (passages.length > 1 && tail!.weight < passageLimits.passageWeightMin) {
    passages.pop()
    passages.at(-1)!.end = tail!.end
  }
  return passages.length < 2 ? [] : passages.slice(0, most).map(({ start, end }) => ({ start, end }))
}

interface Weighed extends Span {
  weight: number
}

/** Sentences that say something, with their weight; what is skipped weighs nothing. */
function sentencesOf(text: string, skipped: readonly Span[]): Weighed[] {
  const found: Weighed[] = []
  let skip = 0
  for (const { index, segment } of sentences.segment(text)) {
    const end = index + segment.length
    let weight = 0
    for (let at = index; at < end; at++) {
      while (skip < skipped.length && skipped[skip]!.end <= at) skip++
      if (skip < skipped.length && at >= skipped[skip]!.start) continue
      weight += weightOf(kindOfUnit[text.charCodeAt(at)]!)
    }
    if (weight > 0) found.push({ start: index, end, weight })
  }
  return found
}

function weightOf(kind: number): number {
  if (kind === kinds.IDEOGRAPH || kind === kinds.SOUTHEAST) return 3
  return kind === kinds.LETTER || kind === kinds.DIGIT || kind === kinds.HANGUL ? 1 : 0
}
