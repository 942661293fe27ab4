/** The words of the pages are complete and alike in every language, and hold nothing that no page says. */
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { directions, languages } from '#web/words/languages.ts'
import { catalogues } from '#web/words/words.ts'
import { sourceFiles } from '../house/source-files.ts'

const keys = Object.keys(catalogues.en).sort()

describe.each(languages.filter((language) => language !== 'en'))('%s', (language) => {
  const catalogue: Record<string, string> = catalogues[language]

  test('has every message that English has, in the same order, and no other', () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(catalogues.en))
  })

  test('has the placeholders of English in each message', () => {
    const differing = keys.filter((key) => {
      const english = placeholdersOf(catalogues.en[key as keyof typeof catalogues.en])
      return placeholdersOf(catalogue[key] ?? '').join() !== english.join()
    })
    expect(differing).toEqual([])
  })

  test('says every message in its own words', () => {
    const same = keys.filter((key) => catalogue[key] === catalogues.en[key as keyof typeof catalogues.en])
    expect(same.filter((key) => !sameEverywhere.has(key))).toEqual([])
  })

  test('counts with all the forms that its grammar has', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const lacking = keys.filter((key) => {
      const plurals = pluralsOf(catalogue[key] ?? '')
      // Where only the number varies, one form is enough.
      return plurals.some((options) => options.length > 1 && forms.some((form) => !options.includes(form)))
    })
    expect(lacking).toEqual([])
  })
})

test('the start of an address is not turned about between words from the right (U+200E)', () => {
  const turned = languages
    .filter((language) => directions[language] === 'rtl')
    .flatMap((language) => Object.entries(catalogues[language]))
    .filter(([, text]) => /:\/\/(?!\u200e)/.test(text))
  expect(turned).toEqual([])
})

test('no message is left that no page says', () => {
  const text = sourceFiles('src/web')
    .filter((file) => /\.(svelte|ts)$/.test(file.path) && !file.path.endsWith('.test.ts'))
    .map((file) => file.text)
    .join('\n')
  const made = [...text.matchAll(/t\(\s*`([\w.-]*)\$\{[^}]+\}([\w.-]*)`/g)].map(([, before, after]) => ({
    before,
    after,
  }))
  const said = (key: string) =>
    text.includes(`'${key}'`) ||
    made.some(({ before, after }) => key.startsWith(before!) && key.endsWith(after!))
  expect(keys.filter((key) => !said(key))).toEqual([])
})

/** Names and abbreviations. */
const sameEverywhere = new Set(['nav.api', 'docs.title'])

interface Element {
  type: number
  value?: string
  options?: Record<string, { value: Element[] }>
}

/** Arguments of an ICU message, sorted; literals and the number sign are none. */
function placeholdersOf(message: string): string[] {
  const found = new Set<string>()
  for (const element of elementsOf(message)) {
    if (element.type >= 1 && element.type <= 6 && element.value !== undefined) found.add(element.value)
  }
  return [...found].sort()
}

/** The forms of each plural in a message. */
function pluralsOf(message: string): string[][] {
  return elementsOf(message).flatMap((element) =>
    element.type === 6 ? [Object.keys(element.options ?? {})] : [],
  )
}

function elementsOf(message: string): Element[] {
  const walk = (elements: Element[]): Element[] =>
    elements.flatMap((one) => [
      one,
      ...Object.values(one.options ?? {}).flatMap((option) => walk(option.value)),
    ])
  return walk(new IntlMessageFormat(message, 'en').getAst() as Element[])
}
