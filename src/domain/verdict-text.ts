/** The answer as its writers type it: sentences, each followed by the numbers of its evidence, `[1][3]`. */
import type { EvidenceId } from './ids.ts'
import type { AnswerSentence } from './verdict.ts'

/** One sentence a line, its numbers at the end; `evidence`: the case's items, the first is number 1. */
export function formatAnswer(answer: readonly AnswerSentence[], evidence: readonly EvidenceId[]): string {
  return answer
    .map(({ text, evidence: cited }) => {
      const marks = cited.map((id) => `[${evidence.indexOf(id) + 1 || '?'}]`).join('')
      return marks === '' ? text : `${text} ${marks}`
    })
    .join('\n')
}

/** A sentence ends with its numbers or with the line. A number that no evidence has stays in the text, to be seen. */
export function parseAnswer(text: string, evidence: readonly EvidenceId[]): AnswerSentence[] {
  const sentences: AnswerSentence[] = []
  for (const line of text.split(/\r?\n/)) {
    let rest = line
    while (rest.trim() !== '') {
      const marks = /\s*((?:\[\d{1,4}\]\s*)+)([.!?。！？؟…]*)/u.exec(rest)
      const end = marks === null ? rest.length : marks.index
      const cited = (marks?.[1]?.match(/\d+/g) ?? []).map((number) => evidence[Number(number) - 1])
      const known = [...new Set(cited.filter((id) => id !== undefined))]
      const unknown = cited.length > 0 && known.length < new Set(marks![1]!.match(/\d+/g)).size
      const words = rest.slice(0, end).trim() + (marks?.[2] ?? '')
      const kept = unknown ? `${words} ${unknownMarks(marks![1]!, evidence)}` : words
      if (kept.trim() !== '') sentences.push({ text: kept.trim(), evidence: known })
      rest = marks === null ? '' : rest.slice(end + marks[0].length)
    }
  }
  return sentences
}

function unknownMarks(marks: string, evidence: readonly EvidenceId[]): string {
  return [...marks.matchAll(/\[(\d+)\]/g)]
    .filter(([, number]) => evidence[Number(number) - 1] === undefined)
    .map(([mark]) => mark)
    .join('')
}
