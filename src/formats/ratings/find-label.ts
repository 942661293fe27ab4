/** From the words of a rating to its value, where the words leave no doubt. */
import { type RatingValue, ratingValues } from '#domain/rating.ts'
import { labelKey, withoutDecoration } from './label-key.ts'
import { misleadingLabels, missingContextLabels } from './labels/context-labels.ts'
import { falseLabels, mostlyFalseLabels } from './labels/false-labels.ts'
import { type LabelTable, labelsOf } from './labels/label-table.ts'
import {
  alteredLabels,
  labelsWithoutValue,
  notCheckableLabels,
  satireLabels,
  unprovenLabels,
} from './labels/other-labels.ts'
import { mixedLabels, mostlyTrueLabels, trueLabels } from './labels/true-labels.ts'

export const labelTables: Record<RatingValue, LabelTable> = {
  true: trueLabels,
  'mostly-true': mostlyTrueLabels,
  mixed: mixedLabels,
  'missing-context': missingContextLabels,
  misleading: misleadingLabels,
  'mostly-false': mostlyFalseLabels,
  false: falseLabels,
  altered: alteredLabels,
  satire: satireLabels,
  unproven: unprovenLabels,
  'not-checkable': notCheckableLabels,
}

/** `silent`: a label that we know and that rates no truth. `unknown`: words that we cannot place. */
export type FoundLabel = { kind: 'value'; value: RatingValue } | { kind: 'silent' } | { kind: 'unknown' }

const byKey: ReadonlyMap<string, FoundLabel> = new Map<string, FoundLabel>([
  ...labelsOf(labelsWithoutValue).map((label) => [labelKey(label), { kind: 'silent' }] as const),
  ...ratingValues.flatMap((value) =>
    labelsOf(labelTables[value]).map((label) => [labelKey(label), { kind: 'value', value }] as const),
  ),
])

/** UTF-16 code units that are looked at; longer ratings are sentences whose beginning counts. */
const wordsMax = 500

/**
 * What the words say: the whole label, the label without decoration ("This claim is false"), the label that a sentence
 * begins with ("FALSO: As imagens…"), or the file name of a rating picture. A denied label ("not false") is unknown.
 */
export function findLabel(words: string): FoundLabel {
  const text = words.slice(0, wordsMax)
  if (/[?？؟]\s*$/.test(text)) return { kind: 'unknown' }
  return whole(text) ?? leading(text) ?? picture(text) ?? { kind: 'unknown' }
}

function whole(text: string): FoundLabel | null {
  const key = labelKey(text)
  return byKey.get(key) ?? byKey.get(withoutDecoration(key)) ?? null
}

/** Words after which a label no longer means what it says. */
const turns =
  /^(?:but|however|although|though|yet|except|or|and|pero|aunque|sin embargo|mas|porem|embora|mais|cependant|aber|jedoch|allerdings|ma|però|maar|ale|но|однако|але|ama|fakat|لكن|ولكن|लेकिन|但)(?:$|[\s,])/i

/** What a sentence begins with, up to the first stop. A comma is a stop only for labels that hardly go on. */
function leading(text: string): FoundLabel | null {
  const stop = /[:.!;|\n–—(（：。！]|\s-+\s|,\s/u.exec(text)
  if (stop === null || stop.index === 0) return null
  const head = text.slice(0, stop.index)
  const rest = text.slice(stop.index + stop[0].length).trimStart()
  if (withoutDecoration(labelKey(head)) === '') return whole(rest) ?? leading(rest)
  const found = whole(head)
  if (found === null || turns.test(rest) || turns.test(labelKey(rest))) return null
  const isComma = stop[0].startsWith(',')
  return isComma && !(found.kind === 'value' && firmValues.includes(found.value)) ? null : found
}

const firmValues: RatingValue[] = ['false', 'altered', 'satire', 'misleading']

/** `…/rulings/tom-pantsonfire.gif`: the one label that the file names in the text agree on. */
function picture(text: string): FoundLabel | null {
  const found = new Map<string, FoundLabel>()
  for (const [, name] of text.matchAll(/([\w-]{1,80})\.(?:png|gif|jpe?g|svg|webp)\b/gi)) {
    const key = labelKey(name!.replaceAll('_', '-').replace(/^(?:tom|fom|meter|rating|label|ruling)-/i, ''))
    const label = byKey.get(key)
    if (label !== undefined) found.set(JSON.stringify(label), label)
  }
  return found.size === 1 ? [...found.values()][0]! : null
}
