/** Rows → a Markdown table. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A share with three digits, as papers print it. */
export function share(value: number): string {
  return value.toFixed(3)
}

/** Milliseconds with as many digits as mean something. */
export function ms(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : String(Math.round(value))
}

export function mb(bytes: number): string {
  return String(Math.round(bytes / 1e6))
}
