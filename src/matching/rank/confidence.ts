/** Odds → the confidence that is said: what trees and rule learned, held down by a conflict, held up by the same text. */
import { confidenceNames } from '../features/names.ts'

/** Confidence is given in steps of a thousandth: more digits would claim more than was measured. */
export const confidenceStep = 0.001
/** A message that is the claim over again is right at least so often, in a pool of five reviews too. */
const sameTextMin = 0.95

const conflicts = ['numbersDiffer', 'namesDiffer', 'negationDiffers'].map((name) =>
  confidenceNames.indexOf(name),
)
const sameText = confidenceNames.indexOf('sameText')

const coveredBothWays = confidenceNames.indexOf('coveredBothWays')

/** What another number, another name or a "not" takes from the log of the odds, beyond what was learned of it. */
const conflictPenalty = 0.7
/**
 * From here on message and claim are the same but for what differs: that is another claim, and no answer. A long message
 * that holds the claim among other things holds other numbers and names too. Over five folds of the train split of CheckThat!
 * 2022 it costs six of some 650 right answers.
 */
const heldFrom = 0.6

/**
 * @param answered the same text does not stay below this
 * @param heldBelow what is the claim but for a conflict stays below this
 */
export function confidenceFrom(
  odds: number,
  row: Float32Array,
  answered: number,
  heldBelow: number = answered,
): number {
  const differs = conflicts.some((place) => row[place] === 1)
  const learned = 1 / (1 + Math.exp((differs ? conflictPenalty : 0) - odds))
  const least = row[sameText] === 1 && !differs ? Math.max(sameTextMin, answered) : 0
  const most = differs && row[coveredBothWays]! >= heldFrom ? heldBelow - confidenceStep : 1 - confidenceStep
  return Math.min(most, Math.max(learned, least))
}
