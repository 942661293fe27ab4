/** Rating words of one value, by language (BCP 47): labels as publishers write them, separated by `|`. */
export type LabelTable = Readonly<Record<string, string>>

/** The labels of a table, one by one. */
export function labelsOf(table: LabelTable): string[] {
  return Object.values(table).flatMap((row) => row.split('|').map((label) => label.trim()))
}
