/** Tables as CSV that no spreadsheet executes. Sources: RFC 4180; OWASP, CSV injection. */

/** Header first. Numbers stay numbers; a text that a spreadsheet could take for a formula gets an apostrophe. */
export function formatCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[\s]*[=+\-@＝＋－＠\t\r|]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
