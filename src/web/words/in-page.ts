/** What a component says and links to: the words of the reader's language, and addresses that keep a chosen language. */
import { page } from '$app/state'
import { addressOf } from './address.ts'
import type { Language } from './languages.ts'
import { type Words, wordsOf } from './words.ts'

export interface InPage extends Words {
  language: Language
  /** An address of this site, with the language if the reader chose one; `parameters` that are empty are left out. */
  link(path: string, parameters?: Record<string, string | null | undefined>): string
}

/** To be called while a component is made: it reads the page's data. */
export function inPage(): InPage {
  const { language, chosenLanguage } = page.data
  return {
    ...wordsOf(language),
    language,
    link: (path, parameters = {}) => addressOf(path, { ...parameters, lang: chosenLanguage }),
  }
}
