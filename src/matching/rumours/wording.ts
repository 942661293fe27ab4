/** tip → GROUP, first step: when two messages are worded alike, whatever their case, spacing, marks and link trackers. */
import { canonicalUrl } from '../text/links.ts'

/** Words looked at: what is this much alike at its start is alike. */
const wordsMax = 2_000

/** The words in order, folded, then the canonical links in order of spelling; equal for equal wordings. */
export function wordingOf(text: string, links: string[]): string {
  const inText = text.match(linkPattern) ?? []
  const words = text
    .replace(linkPattern, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640]/gu, '')
    .match(/[\p{L}\p{N}]+/gu)
  const pages = [...new Set([...inText, ...links].map((link) => canonicalUrl(link) ?? link))].sort()
  return [...(words ?? []).slice(0, wordsMax), ...pages].join(' ')
}

const linkPattern = /https?:\/\/[^\s<>"]{1,2000}/gi
