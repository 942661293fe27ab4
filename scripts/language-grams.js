// Writes src/matching/text/language-grams.json from the package eld, whose own form of it takes 80 MB of every process.
// Run it by hand after an update of eld: node scripts/language-grams.js
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const eld = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('eld/extrasmall')))))
const part = (path) => import(pathToFileURL(join(eld, path)).href)
const { ngramsData } = await part('src/ngrams/extrasmall.js')
const { dictionary } = await part('src/dictionary.js')
const { separators } = await part('src/regexPatterns.js')
const { version } = JSON.parse(readFileSync(join(eld, 'package.json'), 'utf8'))

/** Letters of a gram are below 256; what follows it are pairs of 256 + language and 320 + score. */
let grams = ''
for (const [gram, scores] of Object.entries(ngramsData.ngrams)) {
  grams += gram
  for (const [language, score] of Object.entries(scores)) {
    grams += String.fromCharCode(256 + Number(language), 320 + score)
  }
}
const data = {
  about:
    'How often four bytes in a row stand in each language, from the package eld; read by language-grams.ts.',
  source: `eld ${version}, database ${ngramsData.type}, copyright Nito T.M., Apache-2.0`,
  command: 'node scripts/language-grams.js',
  languages: Object.values(ngramsData.languages).join(' '),
  letters: dictionary.join(''),
  separators: separators.source,
  grams,
}
writeFileSync(join(root, 'src/matching/text/language-grams.json'), `${JSON.stringify(data, null, 1)}\n`)
