/** The API, described from the document that it makes of itself. */
import { referenceOf } from '../../../docs/reference.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => ({ reference: referenceOf(locals.openapi) })
