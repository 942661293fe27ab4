/** Every page of the site, found in the tree: what looks at all of them cannot forget a new one. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../../src/web/routes/', import.meta.url).pathname

/** Such as /desk/cases/[id], sorted. */
export const pageRoutes: readonly string[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(({ name }) => name === '+page.svelte')
  .map(({ parentPath }) => `/${join(parentPath).slice(root.length)}`.replace(/^\/\(public\)/, '') || '/')
  .sort()

/** Which of them an address is of; null for none. A page that is named goes before one with a parameter. */
export function routeOf(address: string): string | null {
  const { pathname } = new URL(address)
  const fits = pageRoutes.filter((route) => {
    const pattern = route.replaceAll(/[.*+?^${}()|\\]/g, '\\$&').replaceAll(/\[[^\]]+\]/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(pathname)
  })
  return fits.sort((one, other) => one.split('[').length - other.split('[').length)[0] ?? null
}
