/**
 * Publishes `--publishes` verdicts at once through two `assay serve` on one database and one data folder, by the desk's
 * forms, half of them to each; with `--alone` one after another through one server. Prints one JSON object; exit 1 when
 * anything is not as it must be.
 */
import { parseArgs } from 'node:util'
import { publishOneByOne, publishThroughTwo } from '../../test/log/two-servers.ts'

const { values } = parseArgs({
  options: { publishes: { type: 'string', default: '200' }, alone: { type: 'boolean' } },
})

if (values.alone) {
  const { answeredMs, loggedMs, problems } = await publishOneByOne(Number(values.publishes))
  const told = {
    publishes: loggedMs.length,
    answered: timesOf(answeredMs),
    in_log: timesOf(loggedMs),
    publishes_per_s: Math.round((1000 * loggedMs.length) / loggedMs.reduce((sum, ms) => sum + ms, 0)),
    problems,
  }
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`)
  process.exit(problems.length === 0 ? 0 : 1)
}

const done = await publishThroughTwo(Number(values.publishes))
process.stdout.write(`${JSON.stringify(done, null, 2)}\n`)
process.exitCode = done.problems.length === 0 && done.entries === done.publishes ? 0 : 1

function timesOf(ms: number[]) {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return { p50_ms: at(0.5), p99_ms: at(0.99) }
}
