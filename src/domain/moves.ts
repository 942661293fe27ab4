/** Tables of legal moves: state × move × who → state. What they forbid is told in a sentence that says what is allowed. */
import { AssayError } from './errors.ts'

/** For one move: who may make it, and where it leads from each state that it is legal in. */
export interface Rule<State extends string, Part extends string> {
  by: readonly Part[]
  from: Partial<Record<State, State>>
  /** Completes "you can …". */
  says: string
}

export type MoveTable<Move extends string, State extends string, Part extends string> = Record<
  Move,
  Rule<State, Part>
>

/** The moves that somebody with this part can make now, in the table's order. */
export function allowedMoves<Move extends string, State extends string, Part extends string>(
  table: MoveTable<Move, State, Part>,
  state: State,
  part: Part,
): Move[] {
  return (Object.keys(table) as Move[]).filter(
    (move) => table[move].by.includes(part) && table[move].from[state] !== undefined,
  )
}

/**
 * Where a move leads.
 * @throws conflict, with what this person can do now, when it is not legal
 */
export function stateAfter<Move extends string, State extends string, Part extends string>(
  table: MoveTable<Move, State, Part>,
  { noun, state, part, move }: { noun: string; state: State; part: Part; move: Move },
): State {
  const rule = table[move]
  const next = rule.by.includes(part) ? rule.from[state] : undefined
  if (next !== undefined) return next
  const allowed = allowedMoves(table, state, part).map((one) => table[one].says)
  const now = allowed.length === 0 ? 'nothing, for now' : allowed.join('; ')
  const why =
    rule.from[state] === undefined ? `${noun} is "${state}"` : `that is not for the ${part} of ${noun}`
  throw new AssayError('conflict', `You cannot ${rule.says}: ${why}. What you can do: ${now}.`)
}
