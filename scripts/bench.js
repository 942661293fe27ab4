// `npm run bench`: measures quality and speed and rewrites bench/results.md; bench/README.md says what each part does.
import { join } from 'node:path'
import { ownNode, root, setUp, watch } from './setup.js'

setUp({ pages: false })
process.exitCode = await watch(ownNode, [join(root, 'bench', 'main.ts'), ...process.argv.slice(2)], {})
