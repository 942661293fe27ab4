#!/usr/bin/env node
// The door of the log's checker alone: needs Node ≥ 22.18, the sources and one package, no set-up.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  await import(new URL('../src/cli/log/verify-alone.ts', import.meta.url))
} else {
  process.stderr.write(
    'assay-verify: this needs Node 22.18 or newer; npx assay log verify does the same on any.\n',
  )
  process.exitCode = 2
}
