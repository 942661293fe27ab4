/**
 * Endings of languages that the stemming library has no rules for, taken off folded words: the longest that leaves
 * enough of the word. Lighter than a stemmer: only what marks number, case and tense.
 */
import { foldedWord } from './normalise.ts'

interface Endings {
  /** Letters that must be left. */
  leftMin: number
  endings: ReadonlySet<string>
  longest: number
}

function endingsOf(leftMin: number, list: string): Endings {
  // A sign of a vowel is folded as it is behind a letter.
  const endings = new Set(list.split(' ').map((ending) => foldedWord(`क${ending}`).slice(1)))
  return { leftMin, endings, longest: Math.max(...Array.from(endings, (ending) => ending.length)) }
}

/** Hindi and, read as Devanagari, its neighbours. Source: Ramanathan and Rao 2003, with Marathi's case endings. */
const indic = endingsOf(
  2,
  'ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयों ाइयां ाएगी ाएगा ाओगी ाओगे एंगी ेंगी एंगे ेंगे ूंगी ूंगा ातीं नाओं नाएं ताओं ताएं ियों ियां ाकर ाइए ाईं ाया ेगी ेगा ोगी ोगे ाने ाना ाते ाती ाता तीं ाओं ाएं ुओं ुएं ुआं कर ाओ िए ाई ाए ने नी ना ते ीं ती ता ां ों ें ो े ू ु ी ि ा ांच्या ांचे ांची ांचा ांना ांनी च्या चे ची चा ला मध्ये साठी ात',
)
/** Polish. Measured on CheckThat! 2025 train: found .920 → .945 of 163 claims. */
const polish = endingsOf(4, 'owie ami ach owi ego emu ymi imi ej ow om em ie im ym ych ich ia iu a y i e u o')

/** A folded word without its ending. */
export function withoutEnding(folded: string, lang: string | null): string {
  const unit = folded.charCodeAt(0)
  const rules = unit >= 0x900 && unit < 0x980 ? indic : lang === 'pl' ? polish : null
  if (rules === null) return folded
  for (let length = Math.min(rules.longest, folded.length - rules.leftMin); length > 0; length--) {
    if (rules.endings.has(folded.slice(-length))) return folded.slice(0, -length)
  }
  return folded
}
