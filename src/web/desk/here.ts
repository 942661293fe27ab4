/** Forms of a page that has a view in its address: the action's name takes the place of the query, so the view is added. */

/** To be put behind `?/action`: every parameter of the address but an action's own; empty or starting with `&`. */
export function hereOf(search: string): string {
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => !name.startsWith('/')))
  return kept.size === 0 ? '' : `&${kept}`
}
