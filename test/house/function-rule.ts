/** The rule that a function fits one screen, read from the syntax tree. */
import ts from 'typescript'
import type { SourceFile } from './source-files.ts'

/** Lines of a function without those of the functions in it, which count for themselves. */
export const functionLinesMax = 60

export function problemsOfFunctions(files: SourceFile[], allowed: ReadonlyMap<string, string>): string[] {
  return files
    .filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !allowed.has(path))
    .flatMap(({ path, text }) => {
      const problems: string[] = []
      const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
      const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line

      /** Lines of functions below and at the node. */
      function visit(node: ts.Node): number {
        let inner = 0
        ts.forEachChild(node, (child) => {
          inner += visit(child)
        })
        if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return inner
        const lines = lineAt(node.end) - lineAt(node.getStart()) + 1
        if (lines - inner > functionLinesMax) {
          const name = node.name?.getText() ?? `of line ${lineAt(node.getStart()) + 1}`
          problems.push(
            `${path}: the function ${name} has ${lines - inner} lines of its own, at most ${functionLinesMax}; name its steps and move them out`,
          )
        }
        return lines
      }

      visit(source)
      return problems
    })
}
