/**
 * Two who wrote at once, put together field by field. A form carries a mark of each text that it began with: what only one
 * changed is that one's, and where both did, both are shown. Nothing is decided for anybody.
 */
import { createHash } from 'node:crypto'
import type { DraftFields } from './draft-form.ts'

/** A short digest of each text by its place; what has none was empty. */
export type DraftMarks = Record<string, string>

export interface MergedDraft {
  fields: DraftFields
  /** What they wrote where both did, by its place. */
  theirs: Record<string, string>
  /** Places that only they changed: their texts are in the fields. */
  taken: string[]
}

const singles = [
  'claim',
  'lang',
  'rating',
  'notCheckable',
  'summary',
  'answer',
  'unknown',
  'appearances',
  'claimedOn',
] as const
const translated = ['claim', 'summary', 'answer', 'unknown'] as const

export function marksOf(fields: DraftFields): DraftMarks {
  return Object.fromEntries([...placesOf(fields)].map(([place, text]) => [place, markOf(text)]))
}

/** None where the form brings none that can be read: then all that differs is shown. */
export function parseMarks(text: string): DraftMarks {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null) return {}
    return Object.fromEntries(Object.entries(read).filter(([, mark]) => typeof mark === 'string'))
  } catch {
    return {}
  }
}

export function mergeDrafts(began: DraftMarks, mine: DraftFields, theirs: DraftFields): MergedDraft {
  const [own, other] = [placesOf(mine), placesOf(theirs)]
  const merged: MergedDraft = { fields: mine, theirs: {}, taken: [] }
  const texts = new Map<string, string>()
  for (const place of new Set([...own.keys(), ...other.keys()])) {
    const [written, saved] = [own.get(place) ?? '', other.get(place) ?? '']
    const isSameAsBefore = (text: string) => markOf(text) === (began[place] ?? markOf(''))
    const isTaken = written !== saved && isSameAsBefore(written)
    if (isTaken) merged.taken.push(place)
    else if (written !== saved && !isSameAsBefore(saved)) merged.theirs[place] = saved
    texts.set(place, isTaken ? saved : written)
  }
  return { ...merged, fields: fieldsOf(texts, mine, theirs) }
}

/** Where a text of a translation stands. */
export function placeOf(lang: string, field: (typeof translated)[number]): string {
  return `${lang} ${field}`
}

function placesOf(fields: DraftFields): Map<string, string> {
  const places = new Map<string, string>(singles.map((name) => [name, fields[name]]))
  for (const one of fields.translations) {
    for (const name of translated) {
      const place = placeOf(one.lang, name)
      if (!places.has(place)) places.set(place, one[name])
    }
  }
  return places
}

function fieldsOf(texts: Map<string, string>, mine: DraftFields, theirs: DraftFields): DraftFields {
  const single = Object.fromEntries(singles.map((name) => [name, texts.get(name) ?? '']))
  const langs = new Set([...mine.translations, ...theirs.translations].map(({ lang }) => lang))
  const put = [...langs].map((lang) => ({
    lang,
    ...Object.fromEntries(translated.map((name) => [name, texts.get(placeOf(lang, name)) ?? ''])),
  }))
  // A second text in one language is a slip of the pen: it stays, to be seen.
  const again = mine.translations.filter(
    (one, at) => mine.translations.findIndex(({ lang }) => lang === one.lang) < at,
  )
  return { ...single, translations: [...put, ...again] } as DraftFields
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}
