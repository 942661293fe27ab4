import { sendRumourFeed } from '../../../../feeds/rumour-feed.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => sendRumourFeed(event, event.params.id, 'json')
