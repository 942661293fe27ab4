/** Every publisher whose reviews are here. */
import { listPublishers } from '#io/database/publishers.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { needs } }) => ({
  publishers: await listPublishers(needs.db),
})
