/** What people ask: rumours in approved words, the most asked first, by topic, language and state, page by page. */
import { listAsked, listAskedLangs } from '#io/database/tips/asked.ts'
import { parseAskedFilter } from '../../../asked/asked-filter.ts'
import type { PageServerLoad } from './$types'

const rumoursPerPage = 20

export const load: PageServerLoad = async ({ url, locals: { needs } }) => {
  const cursor = url.searchParams.get('cursor') ?? undefined
  const { given, filter } = parseAskedFilter(url.searchParams)
  const [page, langs] = await Promise.all([
    listAsked(needs.db, filter, { limit: rumoursPerPage, cursor }),
    listAskedLangs(needs.db),
  ])
  return { ...page, langs, given, first: cursor === undefined }
}
