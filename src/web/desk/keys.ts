/** Single keys for those who work at the desk all day: never while somebody types, and off for who does not want them. */

export type KeyActions = Record<string, (event: KeyboardEvent) => void>

const switchName = 'assay.keys'

/** Whether this browser uses single keys; speech input and shaking hands are better off without. */
export function keysAreOn(): boolean {
  return localStorage.getItem(switchName) !== 'off'
}

export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(switchName)
  else localStorage.setItem(switchName, 'off')
}

/** Listens to the whole page until the returned function is called. `?` is heard even when the others are off. */
export function listenToKeys(actions: KeyActions): () => void {
  const heard = (event: KeyboardEvent) => {
    const action = actions[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (event.key !== '?' && !keysAreOn()) return
    event.preventDefault()
    action(event)
  }
  document.addEventListener('keydown', heard)
  return () => document.removeEventListener('keydown', heard)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('dialog')) return true
  return target.matches('textarea, select, input:not([type=checkbox], [type=radio])')
}
