/** A process that starts from a snapshot and answers: what it takes in time and memory, as one JSON object. Run by the speed part. */
import { openDiskBlobs } from '#io/blobs/disk.ts'
import { readEngine } from '#matching/create-engine.ts'
import { queriesOf, sets } from '../sets.ts'
import { residentBytes, time } from '../stopwatch.ts'

const started = performance.now()
const bytes = await openDiskBlobs(process.argv[2]!).read('reviews.snapshot')
const parsed = readEngine(bytes!)
if (!parsed.ok) throw new Error(parsed.problems[0]!.message)
const loadMs = performance.now() - started
const { engine } = parsed.value
const bytesAtStart = residentBytes()
const queries = await queriesOf(sets.checkthat2022, 'dev')
const { p50, p99 } = time(queries, ({ text }) => engine.find({ text, links: [], lang: null }, 10))
process.stdout.write(JSON.stringify({ loadMs, bytesAtStart, bytes: residentBytes(), p50, p99 }))
