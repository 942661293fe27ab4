// `npm run check`: format, lint and types of everything; says at the end what to do about what it found.
import { join } from 'node:path'
import { ownNode, root, setUp, step, watch } from './setup.js'

setUp({ pages: false })
const tool = (...path) => join(root, 'node_modules', ...path)

const checks = [
  {
    name: 'format and lint',
    command: [tool('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--error-on-warnings'],
    advice: 'npx biome check --write mends most of it',
  },
  {
    name: 'types of the pages’ routes',
    command: [tool('@sveltejs', 'kit', 'svelte-kit.js'), 'sync'],
    advice: '',
  },
  {
    name: 'types',
    command: [tool('typescript', 'bin', 'tsc'), '-p', '.'],
    advice: 'the lines above name file and place',
  },
  {
    name: 'types of the pages',
    command: [
      tool('svelte-check', 'bin', 'svelte-check'),
      '--tsconfig',
      'src/web/tsconfig.json',
      '--fail-on-warnings',
    ],
    advice: 'the lines above name file and place',
  },
]

const failed = []
for (const check of checks) {
  step(check.name)
  if ((await watch(ownNode, check.command)) !== 0) failed.push(check)
}
for (const { name, advice } of failed) process.stderr.write(`\n✗ ${name}${advice ? `: ${advice}` : ''}`)
process.stderr.write(failed.length ? '\n' : '✓ format, lint and types\n')
process.exitCode = failed.length ? 1 : 0
