/** What people ask: rumours in approved words, the most asked first, by language, page by page. */
import { listAsked, listAskedLangs } from '#io/database/tips/asked.ts'
import type { PageServerLoad } from './$types'

const rumoursPerPage = 20

export const load: PageServerLoad = async ({ url, locals: { needs } }) => {
  const cursor = url.searchParams.get('cursor') ?? undefined
  const only = url.searchParams.get('language') ?? ''
  const [page, langs] = await Promise.all([
    listAsked(needs.db, { lang: only || null }, { limit: rumoursPerPage, cursor }),
    listAskedLangs(needs.db),
  ])
  return { ...page, langs, only, first: cursor === undefined }
}
