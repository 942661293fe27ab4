/** What changed between two texts, word by word. */

export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Words compared one by one on either side; longer texts are told as taken out and put in. */
const wordsMax = 3_000

/** In reading order; the parts of `later` put together are `later`, those of `earlier` are `earlier`. */
export function diffOf(earlier: string, later: string): DiffPart[] {
  if (earlier === later) return earlier === '' ? [] : [{ kind: 'same', text: earlier }]
  const [before, after] = [wordsOf(earlier), wordsOf(later)]
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++
  }
  const parts: DiffPart[] = []
  const add = (kind: DiffPart['kind'], words: string[]) => {
    const last = parts.at(-1)
    if (words.length === 0) return
    if (last?.kind === kind) last.text += words.join('')
    else parts.push({ kind, text: words.join('') })
  }
  add('same', before.slice(0, start))
  middle(before.slice(start, before.length - end), after.slice(start, after.length - end), add)
  add('same', end === 0 ? [] : before.slice(-end))
  return parts
}

/** Longest common subsequence. */
function middle(
  before: string[],
  after: string[],
  add: (kind: DiffPart['kind'], words: string[]) => void,
): void {
  if (before.length > wordsMax || after.length > wordsMax || before.length === 0 || after.length === 0) {
    add('removed', before)
    add('added', after)
    return
  }
  const width = after.length + 1
  const longest = new Uint16Array((before.length + 1) * width)
  for (let one = before.length - 1; one >= 0; one--) {
    for (let other = after.length - 1; other >= 0; other--) {
      longest[one * width + other] =
        before[one] === after[other]
          ? longest[(one + 1) * width + other + 1]! + 1
          : Math.max(longest[(one + 1) * width + other]!, longest[one * width + other + 1]!)
    }
  }
  let [one, other] = [0, 0]
  while (one < before.length || other < after.length) {
    if (one < before.length && other < after.length && before[one] === after[other]) {
      add('same', [before[one]!])
      one++
      other++
    } else if (
      other >= after.length ||
      (one < before.length && longest[(one + 1) * width + other]! >= longest[one * width + other + 1]!)
    ) {
      add('removed', [before[one]!])
      one++
    } else {
      add('added', [after[other]!])
      other++
    }
  }
}

/** Words with the blanks behind them; scripts without blanks between words, letter by letter. */
function wordsOf(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+\s*|\s+/gu,
    ) ?? []
  )
}
