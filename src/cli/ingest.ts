/** `assay ingest`: reads claim reviews in, tells what became of every one, and changes nothing when it is run again. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type FeedFormat, feedFormats } from '#domain/feed.ts'
import {
  type IngestReport,
  type IngestRequest,
  ingestBytes,
  ingestFile,
  ingestUrl,
} from '#flows/ingest-feed/ingest.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import type { CliContext } from './context.ts'
import { formatReport, reportsJson } from './ingest/format-report.ts'
import { showProgress } from './ingest/show-progress.ts'

interface IngestCommandOptions {
  format: FeedFormat
  publisher?: string
  json?: boolean
}

export function ingestCommand(program: Command, context: CliContext): void {
  program
    .command('ingest')
    .description('read published claim reviews in; running it again changes nothing')
    .argument('<source...>', 'files, http or https addresses, or - for standard input; gzip is understood')
    .addOption(new Option('--format <format>', 'what the sources are').choices(feedFormats).default('auto'))
    .option('--publisher <host>', 'site of the publisher where a record names none', parseHost)
    .option('--json', 'print one JSON object')
    .addHelpText('after', helpAfter)
    .action(async (sources: string[], { format, publisher, json }: IngestCommandOptions) => {
      const reports = await context.withDatabase(async (needs) => {
        const done: IngestReport[] = []
        for (const source of sources) {
          const report = await ingestOne(needs, source, { format, publisher: publisher ?? null }, context)
          if (!json) context.out(formatReport(report))
          done.push(report)
        }
        return done
      })
      if (json) context.out(JSON.stringify(reportsJson(reports)))
      for (const { source, problem } of reports) {
        if (problem === null) continue
        context.note(`assay: ${source}: ${problem.message}`)
        process.exitCode = 1
      }
    })
}

const helpAfter = `
The address of a feed, a sitemap or a data file is remembered: \`assay serve\` reads it again every half hour.`

async function ingestOne(
  needs: DatabaseNeeds,
  source: string,
  options: Pick<IngestRequest, 'format' | 'publisher'>,
  context: CliContext,
): Promise<IngestReport> {
  const progress = showProgress(source, process.stderr)
  const request = { ...options, signal: context.signal, onProgress: progress.show }
  try {
    if (source === '-') return await ingestBytes(needs, 'standard input', bytesOf(context.input), request)
    return /^[a-z][a-z\d+.-]+:\/\//i.test(source)
      ? await ingestUrl(needs, source, request)
      : await ingestFile(needs, source, request)
  } finally {
    progress.end()
  }
}

async function* bytesOf(input: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) yield Buffer.from(chunk)
}

function parseHost(text: string): string {
  const host = text.toLowerCase()
  if (!/^[^\s/:@.]+(\.[^\s/:@.]+)+$/.test(host) || !URL.canParse(`https://${host}`)) {
    throw new InvalidArgumentError('give a host name such as facts.example.org.')
  }
  return host
}
