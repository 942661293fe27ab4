/** A redaction: personal data in a text replaced by a placeholder that says what kind it was, before anybody sees it. */

export const redactionKinds = [
  'phone',
  'email',
  'iban',
  'card',
  'national-id',
  'handle',
  'address',
  'token',
] as const
export type RedactionKind = (typeof redactionKinds)[number]

/** A piece of a text, by UTF-16 code units. */
export interface Finding {
  kind: RedactionKind
  start: number
  end: number
}

/** What stands in the place of a finding; the same in every language, so that texts stay comparable. */
export function placeholderOf(kind: RedactionKind): string {
  return `[${kind}]`
}

/**
 * The text with a placeholder for each finding. Of findings that overlap, the one of the earlier kind in
 * `redactionKinds` that `priority` names wins; of one kind the longer.
 */
export function redact(text: string, findings: Finding[]): string {
  const parts: string[] = []
  let at = 0
  for (const { kind, start, end } of withoutOverlaps(findings)) {
    parts.push(text.slice(at, start), placeholderOf(kind))
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** What was checked by a sum or by its shape is surer than what was guessed from its surroundings. */
const priority: Record<RedactionKind, number> = {
  token: 0,
  email: 1,
  iban: 2,
  card: 3,
  'national-id': 4,
  phone: 5,
  handle: 6,
  address: 7,
}

function withoutOverlaps(findings: Finding[]): Finding[] {
  const best = [...findings].sort(
    (a, b) => priority[a.kind] - priority[b.kind] || b.end - b.start - (a.end - a.start) || a.start - b.start,
  )
  const kept: Finding[] = []
  for (const finding of best) {
    if (kept.every((other) => finding.end <= other.start || finding.start >= other.end)) kept.push(finding)
  }
  return kept.sort((a, b) => a.start - b.start)
}
