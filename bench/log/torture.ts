/**
 * Kills processes that publish or, with `--rotate`, change the log's key: at random points (`--kills N --seed S`), or at each
 * fsync, link, rename and write of one publish or change by strace's injection (`--calls`), or lets each of those calls fail
 * once (`--errors`). Prints one JSON object.
 */
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ended, Torture } from '../../test/log/torture.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    calls: { type: 'boolean' },
    errors: { type: 'boolean' },
    rotate: { type: 'boolean' },
  },
})
const job = values.rotate ? 'rotate' : 'publish'
/** A publish or a change makes no more of any call; each is tried until the process gets through unharmed. */
const callsMax = 200
const wholeRunMs = 400

const torture = await Torture.open()
const trace = join(torture.dataFolder, 'calls.txt')
const found: string[] = []
const counts: Record<string, number> = {}

async function check(what: string): Promise<void> {
  await torture.look()
  await torture.settle()
  const problems = await torture.problems()
  found.push(...problems.map((problem) => `${what}: ${problem}`))
}

async function killAtRandom(kills: number): Promise<void> {
  let state = Number(values.seed)
  for (let at = 0; at < kills; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const child = await torture.start({ job, perStep: 1 + (at % 7) })
    await wait((state / 2_147_483_648) * wholeRunMs)
    child.kill('SIGKILL')
    await ended(child)
    await check(`kill ${at}`)
    if (at % 20 === 19) process.stderr.write(`  ${at + 1} of ${kills} kills\n`)
  }
  counts['random kills'] = kills
}

/**
 * Runs one publish again and again, with the n-th call of a kind killed or failed, until there is no n-th. A publish that
 * gets through although a call failed has mended it, and counts.
 */
async function atEachCall(kind: string, effect: string): Promise<void> {
  for (let at = 1; at <= callsMax; at++) {
    const before = [
      'strace',
      '-f',
      '-qq',
      '-o',
      trace,
      '-e',
      `trace=${kind}`,
      '-e',
      `inject=${kind}:${effect}:when=${at}`,
    ]
    const child = await torture.start({ job, perStep: 2, steps: 1, before })
    const code = await ended(child)
    await check(`${kind} ${at} ${effect}`)
    if (code === 0 && !readFileSync(trace, 'utf8').includes('INJECTED')) break
    counts[`${kind} ${effect}`] = at
  }
  process.stderr.write(`  ${kind} ${effect}: ${counts[`${kind} ${effect}`]}\n`)
}

await killAtRandom(Number(values.kills))
const kinds = ['fsync', 'link', 'rename', 'mkdir', 'unlink']
if (values.calls) {
  for (const kind of [...kinds, 'write']) await atEachCall(kind, 'signal=KILL')
}
if (values.errors) {
  for (const kind of [...kinds, 'write']) {
    await atEachCall(kind, 'error=EIO')
    await atEachCall(kind, 'error=ENOSPC')
  }
}
const { acknowledged, seen } = torture
const logs = [...seen.values()].map((checkpoints) => Math.max(...checkpoints.keys()))
const said = {
  job,
  counts,
  acknowledged: acknowledged.size,
  logs: logs.length,
  entries: logs.reduce((sum, size) => sum + size, 0),
  checkpoints: [...seen.values()].reduce((sum, checkpoints) => sum + checkpoints.size, 0),
  problems: found,
}
process.stdout.write(`${JSON.stringify(said, null, 2)}\n`)
await torture.close()
assert.equal(found.length, 0)
