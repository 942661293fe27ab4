/**
 * The log's formats against the vectors of other implementations: `node bench/log/vectors.ts FOLDER`, the one with
 * vectors.json, tessera/ and merkle/. Prints right / total of each kind as one JSON object.
 */
import { checkVectors } from '../../test/log/tlog-vectors.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('Give the folder with vectors.json, tessera/ and merkle/.\n')
  process.exit(2)
}
const found = await checkVectors(folder)
const isFine = Object.values(found).every(({ wrong }) => wrong.length === 0)
process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
process.exitCode = isFine ? 0 : 1
