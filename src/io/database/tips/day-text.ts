/** Days as the rest of the code writes them. */
import { type RawBuilder, sql } from 'kysely'

/** A date column as `2026-05-31`, whatever the server's date style. */
export function dayText(column: string): RawBuilder<string> {
  return sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`
}
