/** The organisation behind a claim review. */
import type { PublisherId } from './ids.ts'

export interface Publisher {
  id: PublisherId
  /** The host of its site without `www.`, in lower case; null when its records never named one. */
  site: string | null
  name: string
  /** Made by us to show how Assay works; removed by one command. */
  sample: boolean
}
