/** Publishing processes that are killed, and two that publish at once: one log, nothing lost. `bench/log.ts` does more. */
import { afterAll, expect, test, vi } from 'vitest'
import { ended, Torture } from './torture.ts'

const torture = await Torture.open()
afterAll(() => torture.close())

test('a publisher that is killed loses nothing that it acknowledged, and leaves no fork', async () => {
  for (const entries of [0, 3, 9, 12]) {
    const enough = torture.acknowledged.size + entries
    const child = await torture.start({ perStep: 3 })
    await vi.waitUntil(() => torture.acknowledged.size >= enough, { timeout: 30_000, interval: 1 })
    child.kill('SIGKILL')
    await ended(child)
    await torture.look()
    await torture.settle()
    expect(await torture.problems()).toEqual([])
  }
})

test('two publishers on one database and folder grow one tree, with each entry once', async () => {
  const before = torture.acknowledged.size
  const children = await Promise.all([torture.start({ steps: 20 }), torture.start({ steps: 20 })])
  await Promise.all(children.map(ended))
  await torture.settle()
  expect(torture.acknowledged.size - before).toBe(40)
  expect(await torture.problems()).toEqual([])
})
