/** `assay export DIR`: all public data in open formats. */
import type { Command } from 'commander'
import { exportData } from '#flows/export-data/export-data.ts'
import type { CliContext } from './context.ts'

export function exportCommand(program: Command, context: CliContext): void {
  program
    .command('export')
    .description('write all public data, in open formats, into a new folder')
    .argument('<dir>', 'a folder that is not there yet, or is empty')
    .option('--json', 'print one JSON object')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const exported = await context.withDatabase((needs) => exportData(needs, folder))
      const { claimReviews, publishers, feeds } = exported
      context.out(
        json
          ? JSON.stringify({ folder, ...exported })
          : `Wrote ${claimReviews} claim reviews, ${publishers} publishers and ${feeds} feeds to ${folder}; its README.md explains the files.`,
      )
    })
}
