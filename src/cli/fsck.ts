/** `assay fsck`: names what differs between the database, the log and its files. */
import type { Command } from 'commander'
import { checkReviews } from '#flows/fsck/check-reviews.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { CliContext } from './context.ts'

export function fsckCommand(program: Command, context: CliContext): void {
  program
    .command('fsck')
    .description('check the database against the log against the files')
    .option('--json', 'print the result as JSON')
    .action(async (options: { json?: boolean }) => {
      await context.withDatabase(async (needs) => {
        const { entries, files, ...log } = await fsck(needs, needs.log)
        const problems = [...log.problems, ...(await checkReviews(needs))]
        if (problems.length > 0) process.exitCode = 1
        if (options.json)
          return context.out(JSON.stringify({ ok: problems.length === 0, entries, files, problems }))
        for (const { path, message } of problems) context.note(`assay: ${path}: ${message}`)
        if (problems.length === 0)
          context.out(`All well: ${entries} entries of the log in ${files} files, as in the database.`)
      })
    })
}
