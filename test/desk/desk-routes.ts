/** Every route of the desk, found in the tree of pages, so that a new one is walked by itself. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../../src/web/routes/', import.meta.url).pathname

export interface Route {
  /** Such as /desk/cases/[id]. */
  path: string
  actions: string[]
  methods: string[]
}

export const routes = await Promise.all(foldersBelow('desk').map(routeOf))
/** By these one comes in. */
const entrances = new Set(['/desk/sign-in', '/desk/invitations/[secret]'])
export const guarded = routes.filter(({ path }) => !entrances.has(path))

function foldersBelow(folder: string): string[] {
  const inside = readdirSync(join(root, folder), { withFileTypes: true })
  const isRoute = inside.some(({ name }) => /^\+(page\.svelte|server\.ts)$/.test(name))
  const below = inside
    .filter((one) => one.isDirectory())
    .flatMap(({ name }) => foldersBelow(`${folder}/${name}`))
  return isRoute ? [folder, ...below] : below
}

async function routeOf(folder: string): Promise<Route> {
  const load = async (name: string): Promise<Record<string, unknown>> =>
    existsSync(join(root, folder, name)) ? await import(join(root, folder, name)) : {}
  const { actions = {} } = await load('+page.server.ts')
  const methods = Object.keys(await load('+server.ts')).filter((name) => /^[A-Z]+$/.test(name))
  return { path: `/${folder}`, actions: Object.keys(actions as object), methods }
}

export function parametersOf(path: string): string[] {
  return Array.from(path.matchAll(/\[([^\]]+)\]/g), ([, name]) => name!)
}

/** With a value for each parameter of the path. */
export function filledIn(path: string, given: (name: string) => string): string {
  return path.replaceAll(/\[([^\]]+)\]/g, (_whole, name: string) => given(name))
}

export const actionAddress = (address: string, action: string) =>
  action === 'default' ? address : `${address}?/${action}`
