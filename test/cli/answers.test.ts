import { describe, expect, test } from 'vitest'
import type { GroupedAnswer } from '#domain/answer-group.ts'
import { assay, freshSettings } from './assay.ts'

const settings = freshSettings()
const run = async (args: string[], input?: string) => assay(args, await settings, input)
const asked = 'A goldfish has a memory of only three seconds'

describe('on a new data folder', () => {
  test('samples are added, and adding them again changes nothing', async () => {
    const first = await run(['samples', 'add', '--json'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const { added } = JSON.parse(first.stdout)
    expect(added).toBeGreaterThanOrEqual(80)
    expect(JSON.parse((await run(['samples', 'add', '--json'])).stdout)).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: added,
    })
  })

  test('a message is answered with rating, publisher and why', async () => {
    const { code, stdout, stderr } = await run(['ask', asked])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^ANSWERED/)
    expect(stdout).toMatch(/goldfish/i)
    expect(stdout).toMatch(/\d+ % sure; \S+/)
  })

  test('the same by standard input, as JSON', async () => {
    const { code, stdout } = await run(['ask', '--json', '--limit', '1', '-'], asked)
    expect(code).toBe(0)
    const answer: GroupedAnswer = JSON.parse(stdout)
    expect(answer.decision).toBe('answered')
    expect(answer.matches).toHaveLength(1)
    expect(answer.matches[0]?.claimReview.claim).toMatch(/goldfish/i)
  })

  test('what nobody answered gets honest words', async () => {
    const { code, stdout } = await run(['ask', 'the ferry to the lighthouse was painted green on Tuesday'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^NOTHING FOUND/)
  })

  test.each([
    ['nothing', '  ', 2],
    ['more than anybody writes', 'goldfish '.repeat(60_000), 1],
  ])('a message of %s is refused in one line', async (_name, input, exitCode) => {
    const { code, stdout, stderr } = await run(['ask', '-'], input)
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
    expect(stderr).toMatch(/^assay: [^\n]+\.\n$/)
  })

  test('removed samples are gone, from the answers too', async () => {
    const { claimReviews } = JSON.parse((await run(['samples', 'remove', '--json'])).stdout)
    expect(claimReviews).toBeGreaterThanOrEqual(80)
    expect((await run(['ask', asked])).stdout).toMatch(/^NOTHING FOUND/)
  })
})
