/** For every page: the language, and no script unless a part of the site asks for it. */
import { comparisonOf } from '../answer/comparison.ts'
import type { LayoutServerLoad } from './$types'

export const csr = false

export const load: LayoutServerLoad = ({ locals }) => ({
  language: locals.language,
  chosenLanguage: locals.chosenLanguage,
  publicUrl: locals.needs.config.publicUrl,
  comparison: comparisonOf(locals.needs.config.embedder),
})
