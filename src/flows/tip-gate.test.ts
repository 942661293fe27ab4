import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/sha'
import { expect, test } from 'vitest'
import { deriveKeys } from '#io/keys.ts'
import { createTipGate, gateLimits, type TipGate } from './tip-gate.ts'

const empty = { proof: null, ticket: null }
const keys = deriveKeys('a secret of thirty-two characters at least')

function openGate() {
  const clock = { at: Date.now() }
  return { clock, gate: createTipGate({ keys, now: () => new Date(clock.at) }) }
}

/** Fills the places and part of the line; resolves when all are through. */
function crowd(gate: TipGate, count: number): { letGo: () => void; outcomes: Promise<string[]> } {
  const held = Promise.withResolvers<void>()
  const outcomes = Promise.all(
    Array.from({ length: count }, (_, at) =>
      gate
        .enter(`client ${at}`, empty, () => held.promise)
        .then(
          () => 'in',
          (error: { code: string }) => error.code,
        ),
    ),
  )
  return { letGo: held.resolve, outcomes }
}

test('a quiet gate asks nothing of anybody', async () => {
  const { gate } = openGate()
  expect(await gate.enter('client', empty, async () => 'kept')).toBe('kept')
})

test('when the line is long, work is asked for, and whoever is in line stays in line', async () => {
  const { gate } = openGate()
  const { letGo, outcomes } = crowd(gate, gateLimits.placesMax + gateLimits.hotLine)
  await expect(gate.enter('late', empty, async () => 'kept')).rejects.toMatchObject({ code: 'rate_limited' })
  letGo()
  expect(new Set(await outcomes)).toEqual(new Set(['in']))
})

test('a solved challenge opens a hot gate once', async () => {
  const { gate } = openGate()
  const { letGo, outcomes } = crowd(gate, gateLimits.placesMax + gateLimits.hotLine)
  await expect(gate.enter('late', empty, async () => 'kept')).rejects.toThrow()
  letGo()
  await outcomes
  const challenge = await gate.challenge()
  const solution = await solveChallenge({ challenge, deriveKey })
  const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  expect(await gate.enter('worked', { ...empty, proof }, async () => 'kept')).toBe('kept')
  await expect(gate.enter('again', { ...empty, proof }, async () => 'kept')).rejects.toThrow()
  const forged = Buffer.from(JSON.stringify({ challenge: { ...challenge, signature: 'ab' }, solution }))
  for (const bad of [forged.toString('base64'), 'nonsense', 'e30=', 'x'.repeat(5_000)]) {
    await expect(gate.enter('forged', { ...empty, proof: bad }, async () => 1)).rejects.toThrow()
  }
})

test('a form without script waits its turn, and its ticket is good for itself only, in its time only', async () => {
  const { gate, clock } = openGate()
  const { letGo, outcomes } = crowd(gate, gateLimits.placesMax + gateLimits.hotLine)
  const stay = () => gate.enter('form', { ...empty, ticket }, async () => 'kept')
  const { ticket, waitSeconds } = gate.ticket('form')
  await expect(stay()).rejects.toMatchObject({ code: 'rate_limited' })
  clock.at += waitSeconds * 1000
  await expect(gate.enter('other', { ...empty, ticket }, async () => 1)).rejects.toThrow()
  letGo()
  await outcomes
  expect(await stay()).toBe('kept')
})

test('tickets come one after the other, and when the wait is too long there are no more', () => {
  const { gate } = openGate()
  const waits = Array.from({ length: 300 }, (_, at) => gate.ticket(`form ${at}`).waitSeconds)
  expect(waits[0]).toBe(gateLimits.ticketWaitMinMs / 1000)
  expect(waits[299]).toBeGreaterThan(waits[0]!)
  const more = Array.from({ length: 10_000 }, (_, at) => {
    try {
      return gate.ticket(`more ${at}`).waitSeconds
    } catch {
      return null
    }
  })
  expect(more.at(-1)).toBeNull()
})

test('beyond the line the last to come are turned away, whatever they show', async () => {
  const { gate, clock } = openGate()
  const tickets = Array.from({ length: 400 }, (_, at) => gate.ticket(`held ${at}`).ticket)
  clock.at += gateLimits.ticketHoldsMs - 1
  const held = Promise.withResolvers<void>()
  const outcomes = tickets.map((ticket, at) =>
    gate
      .enter(`held ${at}`, { ...empty, ticket }, () => held.promise)
      .then(
        () => 'in',
        (error: { code: string }) => error.code,
      ),
  )
  await Promise.resolve()
  held.resolve()
  const found = await Promise.all(outcomes)
  expect(found.slice(0, gateLimits.placesMax)).toEqual(Array(gateLimits.placesMax).fill('in'))
  expect(found.at(-1)).toBe('unavailable')
  expect(found.filter((outcome) => outcome === 'in').length).toBeLessThanOrEqual(
    gateLimits.placesMax + gateLimits.lineMax,
  )
})
