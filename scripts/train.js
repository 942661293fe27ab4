// `npm run train`: learns the weights of the ranker; bench/train/main.ts says from what and how.
import { join } from 'node:path'
import { ownNode, root, setUp, watch } from './setup.js'

setUp()
process.exitCode = await watch(
  ownNode,
  [join(root, 'bench', 'train', 'main.ts'), ...process.argv.slice(2)],
  {},
)
