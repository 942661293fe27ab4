/** `assay serve`: the site, the API and the worker in one process, or one of them alone. */
import { flushCompileCache } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { inviteFirstLead } from '#flows/admit-person/invite.ts'
import { addSamples } from '#flows/load-samples/add-samples.ts'
import type { DatabaseNeeds } from '#flows/needs.ts'
import { getChangeNumber } from '#io/database/claim-review-changes.ts'
import { countClaimReviews } from '#io/database/claim-reviews.ts'
import { startWorker } from '#worker/start-worker.ts'
import type { CliContext } from './context.ts'
import { openNeeds } from './open-needs.ts'
import { openSite } from './site/open-site.ts'
import { loadPages } from './site/pages.ts'

interface ServeOptions {
  role: 'all' | 'web' | 'worker'
  samples: boolean
}

export function serveCommand(program: Command, context: CliContext): void {
  const role = new Option('--role <role>', 'what this process does').choices(['all', 'web', 'worker'])
  program
    .command('serve')
    .description('serve the site and its API, and read the feeds')
    .addOption(role.default('all'))
    .option('--samples', 'add the sample data when nothing was ever stored', false)
    .action(async (options: ServeOptions) => {
      await (options.role === 'worker' ? work(context) : serve(context, options))
    })
}

async function serve(context: CliContext, { role, samples }: ServeOptions): Promise<void> {
  const config = context.config()
  const site = await openSite(config, {
    pages: await loadPages(),
    withWorker: role === 'all',
    prepare: async (needs) => {
      if (samples && (await addFirstSamples(needs))) context.note('  Added the sample data')
    },
  })
  try {
    await Promise.race([site.caughtUp, aborted(context.signal), wait(patienceMs, undefined, { ref: false })])
    if (!site.needs.index.ready) context.note('  Building the index; answers come from what is in it already')
    context.note(
      `  ${(await countClaimReviews(site.needs.db)).toLocaleString('en')} claim reviews, Ctrl-C stops`,
    )
    const first = await inviteFirstLead(site.needs)
    if (first) context.note(`  Nobody is at the desk yet; its first lead comes in here, once: ${first.link}`)
    context.out(`Assay answers at ${site.url}`)
    // Else it is only kept at an orderly end.
    flushCompileCache()
    await aborted(context.signal)
  } finally {
    await site.close()
  }
}

/** A small index is whole by then, and of a large one it is said that it is not. */
const patienceMs = 2_000

async function work(context: CliContext): Promise<void> {
  const { needs, database, close } = await openNeeds(context.config())
  try {
    const worker = await startWorker(needs, database)
    context.out('Assay reads feeds')
    await aborted(context.signal)
    await worker.stop()
  } finally {
    await close()
  }
}

/** Only where nothing was ever stored: samples that were removed stay away. */
async function addFirstSamples(needs: DatabaseNeeds): Promise<boolean> {
  if ((await getChangeNumber(needs.db)) > 0) return false
  await addSamples(needs)
  return true
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
