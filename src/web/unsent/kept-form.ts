/** A form that came too late, too early or to a site in trouble: kept word by word, and never sent without its sender. */

/** Its way through the pages is one hidden field, `kept`. */
export interface KeptForm {
  /** Where it goes, on this site. */
  action: string
  fields: [name: string, value: string][]
  /** Files cannot be put back into a page: they have to be chosen again. */
  lostFiles: boolean
}

/** Goes into no page again: they are typed anew, or asked of the device. */
const secretNames = new Set(['password', 'newPassword', 'code', 'passkey', 'confirmed'])

/** What a form carries beside the words of its sender. */
const hiddenNames = new Set('token base marks version was client clientId ticket proof'.split(' '))

/** Without what nobody may read over a shoulder, and what was not filled in is not there. */
export function wordsOf({ fields }: KeptForm): string[] {
  return fields.flatMap(([name, value]) => (hiddenNames.has(name) || value.trim() === '' ? [] : [value]))
}

/** `over`: its session is, and its token with it. */
export function keptFormOf(action: string, data: FormData, { over }: { over: boolean }): KeptForm {
  const fields: [string, string][] = []
  let lostFiles = false
  for (const [name, value] of data) {
    if (typeof value !== 'string') lostFiles ||= value.size > 0
    else if (!secretNames.has(name) && !(over && name === 'token')) fields.push([name, value])
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
