/** What a form sent, as texts: a field that is missing is empty, a file is not a text. */
export function textIn(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
