/**
 * What is typed into the desk's forms, kept in its tab until the server has answered: for when the server is away at the
 * moment of sending, or a page is left by mistake. Never what a hidden or a password field holds; gone with the tab, with
 * signing out, and for anybody else who signs in there. The editor of verdicts keeps its own words.
 */

const prefix = 'assay.typed '

/** A field by its name and, among those of one name, its place. */
type KeptField = [name: string, at: number, value: string]

interface Kept {
  /** The person who typed. */
  who: string
  sent: boolean
  fields: KeptField[]
  /** What stood there when they typed, as the form says it: so that it is noticed when somebody else has saved since. */
  seen: [name: string, value: string][]
}

export interface Restored {
  /** Whether any field was filled again. */
  filled: boolean
  /** Texts whose form is not on the page any more. */
  homeless: string[]
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const keyOf = (path: string, form: HTMLFormElement) => `${prefix}${path} ${form.getAttribute('action') ?? ''}`

/** Watches every form of the page until the returned function is called. */
export function keepTyped(who: string): () => void {
  const before = new WeakMap<Control, string>()
  for (const form of formsOf())
    for (const { control } of controlsOf(form)) before.set(control, stateOf(control))

  const typed = ({ target }: Event) => {
    const form = (target as Partial<Control> | null)?.form
    if (!form || !isKept(form)) return
    const changed = controlsOf(form).filter(({ control }) => stateOf(control) !== (before.get(control) ?? ''))
    keep(form, { who, sent: false, fields: changed.map(fieldOf), seen: seenOf(form) })
  }
  const sent = ({ target }: Event) => {
    const form = target as HTMLFormElement
    if (form.action.includes('/desk/sign-out')) forgetAll()
    else if (isKept(form))
      keep(form, { who, sent: true, fields: controlsOf(form).map(fieldOf), seen: seenOf(form) })
  }
  document.addEventListener('input', typed)
  document.addEventListener('submit', sent)
  return () => {
    document.removeEventListener('input', typed)
    document.removeEventListener('submit', sent)
  }
}

/** What was sent from this path has an answer: nothing of it needs to be kept. */
export function forgetSent(path: string): void {
  for (const [key, kept] of keptOn(path)) if (kept.sent) sessionStorage.removeItem(key)
}

export function forgetTyped(path: string): void {
  for (const [key] of keptOn(path)) sessionStorage.removeItem(key)
}

/** Puts words back into their fields that no server has answered. */
export function restoreTyped(path: string, who: string): Restored {
  const restored: Restored = { filled: false, homeless: [] }
  for (const [key, kept] of keptOn(path)) {
    if (kept.who !== who) continue
    const form = formsOf().find((one) => keyOf(path, one) === key)
    for (const [name, at, value] of kept.fields) {
      const control = form && controlsOf(form).find((one) => one.name === name && one.at === at)?.control
      if (!control) {
        if (/\s/.test(value.trim())) restored.homeless.push(value)
        continue
      }
      if (stateOf(control) === value) continue
      fill(control, value)
      control.closest('details')?.setAttribute('open', '')
      restored.filled = true
      for (const [place, saw] of kept.seen) seenIn(form).find((one) => one.name === place)!.value = saw
    }
  }
  return restored
}

function formsOf(): HTMLFormElement[] {
  return [...document.querySelectorAll('form')].filter(isKept)
}

function isKept(form: HTMLFormElement): boolean {
  return form.method === 'post' && !form.hasAttribute('data-keeps-itself')
}

/** Those that people fill, each with its place among those of its name. */
function controlsOf(form: HTMLFormElement): { control: Control; name: string; at: number }[] {
  const places = new Map<string, number>()
  return [...form.elements].flatMap((element) => {
    const control = element as Control
    if (!control.name || !control.matches('textarea, select, input:not([type=hidden], [type=password])')) {
      return []
    }
    const at = places.get(control.name) ?? 0
    places.set(control.name, at + 1)
    return [{ control, name: control.name, at }]
  })
}

function seenIn(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]:is([name=was], [name=version])')]
}

function seenOf(form: HTMLFormElement): Kept['seen'] {
  return seenIn(form).map(({ name, value }) => [name, value])
}

function fieldOf({ control, name, at }: { control: Control; name: string; at: number }): KeptField {
  return [name, at, stateOf(control)]
}

function stateOf(control: Control): string {
  return isBox(control) ? (control.checked ? 'on' : '') : control.value
}

function fill(control: Control, value: string): void {
  if (isBox(control)) control.checked = value === 'on'
  else control.value = value
  control.dispatchEvent(new Event('input', { bubbles: true }))
  control.dispatchEvent(new Event('change', { bubbles: true }))
}

function isBox(control: Control): control is HTMLInputElement {
  return control.type === 'checkbox' || control.type === 'radio'
}

/** A browser that keeps nothing, or no more, keeps nothing: typing goes on. */
function keep(form: HTMLFormElement, kept: Kept): void {
  const key = keyOf(location.pathname, form)
  try {
    if (kept.fields.some(([, , value]) => value !== '')) sessionStorage.setItem(key, JSON.stringify(kept))
    else sessionStorage.removeItem(key)
  } catch {}
}

function keptOn(path: string): [key: string, kept: Kept][] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(`${prefix}${path} `))
    .map((key) => [key, JSON.parse(sessionStorage.getItem(key)!) as Kept])
}

function forgetAll(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('assay.')) sessionStorage.removeItem(key)
}
