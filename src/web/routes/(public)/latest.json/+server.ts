import { sendLatestFeed } from '../../../feeds/latest-feed.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = (event) => sendLatestFeed(event, 'json')
