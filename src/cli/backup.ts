/** `assay backup FILE` and `assay restore FILE`: everything in one file, and back. */
import type { Command } from 'commander'
import { restoreBackup } from '#flows/back-up/restore-backup.ts'
import { writeBackup } from '#flows/back-up/write-backup.ts'
import { checkReviews } from '#flows/fsck/check-reviews.ts'
import { fsck } from '#flows/fsck/fsck.ts'
import type { CliContext } from './context.ts'

export function backupCommand(program: Command, context: CliContext): void {
  program
    .command('backup')
    .description('write everything into one new file, also while it is served')
    .argument('<file>', 'a file that is not there yet; only its owner can read it')
    .option('--without-secrets', 'leave out the master secret and the keys of the log; keep those elsewhere')
    .option('--json', 'print one JSON object')
    .action(async (path: string, { withoutSecrets = false, json }: BackupFlags) => {
      const progress = (text: string) => context.note(`  ${text}`)
      const done = await context.withDatabase((needs) =>
        writeBackup(needs, path, { withSecrets: !withoutSecrets, progress }),
      )
      if (json) return context.out(JSON.stringify({ file: path, ...done }))
      const { rows, files, bytes, secrets } = done
      context.out(`Wrote and read back ${path}: ${rows} rows, ${files} files, ${bytes} bytes.`)
      context.note(
        secrets.length > 0
          ? `It holds ${secrets.join(', ')}: whoever has it can act as this instance. Keep it as you keep those.`
          : 'It holds no secret: keep the master secret and the keys of the log apart, it is worth nothing without.',
      )
      context.note('Not in it, by design: what tips are opened with (fading-keys/), sessions, and the index.')
    })
}

interface BackupFlags {
  withoutSecrets?: boolean
  json?: boolean
}

export function restoreCommand(program: Command, context: CliContext): void {
  program
    .command('restore')
    .description('write a backup into a new data folder (ASSAY_DATA) and an empty database')
    .argument('<file>', 'what assay backup wrote')
    .option('--json', 'print one JSON object')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const config = context.config()
      const progress = (text: string) => context.note(`  ${text}`)
      const { head, rows, files } = await restoreBackup(config, path, { signal: context.signal, progress })
      const hasSecret = head.withSecrets || (config.secret !== null && config.logKey !== null)
      const problems = hasSecret
        ? await context.withDatabase(async (needs) => [
            ...(await fsck(needs, needs.log)).problems,
            ...(await checkReviews(needs)),
          ])
        : null
      if (problems !== null && problems.length > 0) process.exitCode = 1
      if (json) {
        const { madeAt, log } = head
        return context.out(JSON.stringify({ folder: config.dataFolder, rows, files, madeAt, log, problems }))
      }
      context.out(`Restored ${rows} rows and ${files} files of ${head.madeAt} into ${config.dataFolder}.`)
      for (const problem of problems ?? []) context.note(`assay: ${problem.path}: ${problem.message}`)
      if (problems?.length === 0) context.out('Database, log and files go together.')
      if (!head.withSecrets)
        context.note(
          'It holds no secret: put secret and log-key… back into the folder before anything else starts.',
        )
      if (head.log !== null)
        context.note(
          `The log ${head.log.origin} has ${head.log.size} entries in it. If the world has seen more, see "Backup" in docs/operating.md before you serve.`,
        )
    })
}
