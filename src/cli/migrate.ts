/** `assay migrate`: brings the database to this version. Every other command does it too when it opens the database. */
import type { Command } from 'commander'
import type { CliContext } from './context.ts'

export function migrateCommand(program: Command, context: CliContext): void {
  program
    .command('migrate')
    .description('bring the database to this version (also done at every start)')
    .action(async () => {
      await context.withDatabase(async () => context.out('The database is at the version of this Assay.'))
    })
}
