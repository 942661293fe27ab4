/**
 * Publishes `--publishes` verdicts at once through two `assay serve` on one database and one data folder, by the desk's
 * forms, half of them to each. Prints one JSON object; exit 1 when anything is not as it must be.
 */
import { parseArgs } from 'node:util'
import { publishThroughTwo } from '../../test/log/two-servers.ts'

const { values } = parseArgs({ options: { publishes: { type: 'string', default: '200' } } })
const done = await publishThroughTwo(Number(values.publishes))
process.stdout.write(`${JSON.stringify(done, null, 2)}\n`)
process.exitCode = done.problems.length === 0 && done.entries === done.publishes ? 0 : 1
