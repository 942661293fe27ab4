/** A form that came too late or too early: kept word by word while its sender signs in, and never sent without them. */

/** Its way through the pages is one hidden field, `kept`. */
export interface KeptForm {
  /** Where it goes, below /desk. */
  action: string
  fields: [name: string, value: string][]
  /** Files cannot be put back into a page: they have to be chosen again. */
  lostFiles: boolean
}

/** Not shown and not kept: it belongs to the session that is over. */
const tokenName = 'token'

export function keptFormOf(action: string, data: FormData): KeptForm {
  const fields: [string, string][] = []
  let lostFiles = false
  for (const [name, value] of data) {
    if (typeof value !== 'string') lostFiles ||= value.size > 0
    else if (name !== tokenName) fields.push([name, value])
  }
  return { action, fields, lostFiles }
}

/** Null when it is none of ours. */
export function parseKeptForm(text: string): KeptForm | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || !('action' in value) || !('fields' in value)) return null
  const { action, fields } = value
  if (!isDeskAddress(action) || !Array.isArray(fields)) return null
  const isPair = (one: unknown): one is [string, string] =>
    Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === 'string')
  if (!fields.every(isPair)) return null
  return { action, fields, lostFiles: 'lostFiles' in value && value.lostFiles === true }
}

/** An address of the desk, and of no other site: what comes after the sign-in. */
export function isDeskAddress(address: unknown): address is string {
  if (typeof address !== 'string') return false
  const base = 'https://here.invalid'
  const url = URL.parse(address, base)
  return (
    url !== null && url.origin === base && /^\/desk(\/|$)/.test(url.pathname) && address.startsWith('/desk')
  )
}
