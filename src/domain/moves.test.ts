/** Every move of the tables, legal and illegal: generated, and held against the rules written as sentences. */
import { describe, expect, test } from 'vitest'
import {
  allowedCaseMoves,
  type CaseMove,
  type CasePart,
  type CaseState,
  caseMoves,
  caseParts,
  caseStates,
  decideCaseMove,
} from './case.ts'
import { isAssayError } from './errors.ts'
import {
  allowedVerdictMoves,
  type DraftingState,
  decideVerdictMove,
  draftingStates,
  type VerdictMove,
  type VerdictPart,
  verdictMoves,
  verdictParts,
} from './verdict.ts'

/** What may happen, written a second time by hand: `state move part > state`. */
const verdictRules = `
none save author|colleague > draft
draft save author|colleague > draft
review-requested save author|colleague > draft
returned save author|colleague > draft
approved save author|colleague > draft
published save author|colleague > draft
draft request-review author|colleague > review-requested
returned request-review author|colleague > review-requested
review-requested return colleague|partner > returned
approved return colleague|partner > returned
review-requested approve colleague|partner > approved
approved publish author|colleague > published`

const caseRules = `
open assign|plan|task|collect|draft lead|checker > open
published assign|plan|task|collect|draft lead|checker > published
open word lead|checker > open
open review lead|checker|partner > open
published review lead|checker|partner > published
open comment lead|checker|reader|partner > open
published comment lead|checker|reader|partner > published
dropped comment lead|checker|reader|partner > dropped
open invite lead > open
published invite lead > published
open publish lead|checker > published
published publish lead|checker > published
open drop lead|checker > dropped
dropped reopen lead|checker > open`

function expand(rules: string): Map<string, string> {
  const legal = new Map<string, string>()
  for (const rule of rules.trim().split('\n')) {
    const [state, moves, parts, , next] = rule.split(' ')
    for (const move of moves!.split('|'))
      for (const part of parts!.split('|')) legal.set(`${state} ${move} ${part}`, next!)
  }
  return legal
}

function every(states: readonly string[], moves: readonly string[], parts: readonly string[]) {
  return states.flatMap((state) => moves.flatMap((move) => parts.map((part) => [state, move, part] as const)))
}

/** Where the move led, or the error. */
function outcomeOf(attempt: () => string): string | Error {
  try {
    return attempt()
  } catch (error) {
    return error as Error
  }
}

function check(legal: Map<string, string>, name: string, outcome: string | Error, allowed: string[]): void {
  const next = legal.get(name)
  if (next !== undefined) {
    expect(outcome, name).toBe(next)
    return
  }
  expect(isAssayError(outcome) && outcome.code, name).toBe('conflict')
  const { message } = outcome as Error
  expect(message).toContain('What you can do: ')
  for (const says of allowed) expect(message).toContain(says)
  if (allowed.length === 0) expect(message).toContain('nothing, for now')
}

const verdictsLegal = expand(verdictRules)
const verdictsAll = every(draftingStates, Object.keys(verdictMoves), verdictParts)

describe(`a verdict, ${verdictsLegal.size} legal and ${verdictsAll.length - verdictsLegal.size} illegal moves`, () => {
  const [legal, all] = [verdictsLegal, verdictsAll]

  test.each(all)(
    '%s: %s by the %s goes where the rules say, or is refused with what is allowed',
    (...one) => {
      const [state, move, part] = one as unknown as [DraftingState, VerdictMove, VerdictPart]
      const allowed = allowedVerdictMoves(state, part).map((name) => verdictMoves[name].says)
      check(
        legal,
        one.join(' '),
        outcomeOf(() => decideVerdictMove(state, move, part)),
        allowed,
      )
    },
  )

  test('every rule is about a move that there is', () => {
    const names = new Set(all.map((one) => one.join(' ')))
    expect([...legal.keys()].filter((name) => !names.has(name))).toEqual([])
  })

  test('its author can approve it in no state', () => {
    expect(
      draftingStates.filter((state) => allowedVerdictMoves(state, 'author').includes('approve')),
    ).toEqual([])
  })
})

const casesLegal = expand(caseRules)
const casesAll = every(caseStates, Object.keys(caseMoves), caseParts)

describe(`a case, ${casesLegal.size} legal and ${casesAll.length - casesLegal.size} illegal moves`, () => {
  const [legal, all] = [casesLegal, casesAll]

  test.each(all)(
    '%s: %s by the %s goes where the rules say, or is refused with what is allowed',
    (...one) => {
      const [state, move, part] = one as unknown as [CaseState, CaseMove, CasePart]
      const allowed = allowedCaseMoves(state, part).map((name) => caseMoves[name].says)
      check(
        legal,
        one.join(' '),
        outcomeOf(() => decideCaseMove(state, move, part)),
        allowed,
      )
    },
  )

  test('every rule is about a move that there is', () => {
    const names = new Set(all.map((one) => one.join(' ')))
    expect([...legal.keys()].filter((name) => !names.has(name))).toEqual([])
  })
})
