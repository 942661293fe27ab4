/** `assay eval`: how good and how fast the engine is on files of claims, queries and judgements. */
import type { Command } from 'commander'
import { AssayError } from '#domain/errors.ts'
import { evaluate } from '#flows/evaluate/evaluate.ts'
import { type IndexField, indexFields } from '#flows/evaluate/read-files.ts'
import { createEngine } from '#matching/create-engine.ts'
import type { CliContext } from './context.ts'

interface EvalOptions {
  claims: string
  queries: string
  qrels: string
  indexFields?: string
  abstain?: boolean
}

export function evalCommand(program: Command, context: CliContext): void {
  program
    .command('eval')
    .description('measure the engine, as shipped, over files; prints one JSON object and touches no database')
    .requiredOption('--claims <file>', 'claims, one JSON object a line; .gz understood')
    .requiredOption(
      '--queries <file>',
      'queries, one JSON object a line; those that are not judged are left aside',
    )
    .requiredOption('--qrels <file>', 'judgements: query id, tab, claim id, tab, 1')
    .option(
      '--index-fields <names>',
      `which fields of a claim to index, of ${indexFields.join(',')} (default: all)`,
    )
    .option('--abstain', 'also measure silence: each query with and without its claim in the pool')
    .option('--json', 'the output is one JSON object in any case')
    .action(async (options: EvalOptions) => {
      const needs = {
        engine: createEngine(),
        elapsedMs: () => performance.now(),
        residentBytes: () => process.memoryUsage.rss(),
      }
      const { claims, queries, qrels, abstain = false } = options
      const fields = fieldsOf(options.indexFields)
      context.out(JSON.stringify(await evaluate(needs, { claims, queries, qrels, fields, abstain })))
    })
}

function fieldsOf(names: string | undefined): ReadonlySet<IndexField> {
  if (names === undefined) return new Set(indexFields)
  const fields = names.split(',').map((name) => name.trim())
  const isField = (name: string): name is IndexField => (indexFields as readonly string[]).includes(name)
  const unknown = fields.find((name) => !isField(name))
  if (unknown !== undefined) {
    throw new AssayError(
      'invalid',
      `"${unknown}" is no field of a claim; choose from ${indexFields.join(', ')}.`,
    )
  }
  return new Set(fields.filter(isField))
}
