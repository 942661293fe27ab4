// `npm start`: sets up what is missing, then serves the working site, with the sample data at the very first start.
import { join } from 'node:path'
import { compiled, ownNode, root, setUp, watch } from './setup.js'

setUp()
const main = join(root, 'src', 'cli', 'main.ts')
// Someone at a terminal wants the address and what went wrong, not every request's event.
const env = { ASSAY_JOURNAL: process.env.ASSAY_JOURNAL ?? 'warn', NODE_COMPILE_CACHE: compiled }
process.exitCode = await watch(ownNode, [main, 'serve', '--samples', ...process.argv.slice(2)], {
  env,
  channel: true,
})
