/** `assay samples add|remove`: the reviews that show how Assay works, put in or taken out as a whole. */
import type { Command } from 'commander'
import { addSamples } from '#flows/load-samples/add-samples.ts'
import { removeSamples } from '#flows/load-samples/remove-samples.ts'
import type { CliContext } from './context.ts'

interface SamplesOptions {
  json?: boolean
}

export function samplesCommand(program: Command, context: CliContext): void {
  const samples = program.command('samples').description('the sample data that show how Assay works')
  samples
    .command('add')
    .description('add the sample publishers and their reviews; those that are there already stay as they are')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: SamplesOptions) => {
      const counts = await context.withDatabase(addSamples)
      const { added, changed, unchanged } = counts
      context.out(
        json
          ? JSON.stringify(counts)
          : `Sample reviews: ${added} added, ${changed} changed, ${unchanged} unchanged.`,
      )
    })
  samples
    .command('remove')
    .description('remove the sample publishers with all their reviews')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: SamplesOptions) => {
      const removed = await context.withDatabase(removeSamples)
      const { publishers, claimReviews } = removed
      context.out(
        json
          ? JSON.stringify(removed)
          : `Removed ${claimReviews} sample reviews of ${publishers} sample publishers.`,
      )
    })
}
