/** The command line: a file per command. Errors are one clear line; exit 0 done, 1 failed, 2 wrong use. */
import { Command, CommanderError } from 'commander'
import { type ErrorCode, isAssayError } from '#domain/errors.ts'
import manifest from '../../package.json' with { type: 'json' }
import { askCommand } from './ask.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { type CliContext, createContext } from './context.ts'
import { evalCommand } from './eval.ts'
import { exportCommand } from './export.ts'
import { fsckCommand } from './fsck.ts'
import { ingestCommand } from './ingest.ts'
import { inviteCommand } from './invite.ts'
import { logCommand } from './log/command.ts'
import { migrateCommand } from './migrate.ts'
import { samplesCommand } from './samples.ts'
import { serveCommand } from './serve.ts'

const commands = [
  serveCommand,
  ingestCommand,
  askCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  samplesCommand,
  migrateCommand,
  inviteCommand,
  fsckCommand,
  logCommand,
  evalCommand,
]

const exitCodes: Record<ErrorCode, 1 | 2> = {
  invalid: 2,
  not_found: 1,
  conflict: 1,
  forbidden: 1,
  unauthenticated: 1,
  too_large: 1,
  rate_limited: 1,
  unavailable: 1,
}

const context = createContext(process)
// A reader of our output that has seen enough (`assay ask … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await run(process.argv, context)

async function run(argv: string[], context: CliContext): Promise<number> {
  const program = new Command('assay')
    .description(manifest.description)
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ outputError: (text) => context.note(oneLine(text)) })
    .showHelpAfterError(false)
  for (const command of commands) command(program, context)
  for (const command of program.commands) command.copyInheritedSettings(program)
  try {
    await program.parseAsync(argv)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (isAssayError(error)) {
      context.note(`assay: ${error.message}`)
      return exitCodes[error.code]
    }
    context.note(`assay: ${unexpected(error, context.env)}`)
    return 1
  }
}

function oneLine(text: string): string {
  return `assay: ${text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')}; see --help`
}

/** One line; the place too when the operator asked for everything. */
function unexpected(error: unknown, env: NodeJS.ProcessEnv): string {
  if (!(error instanceof Error)) return String(error)
  if (env.ASSAY_JOURNAL === 'debug' && error.stack) return error.stack
  return `${error.message.split('\n', 1)[0]} (ASSAY_JOURNAL=debug says where)`
}
