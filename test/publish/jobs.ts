/** Publications to be made by processes that may die, and what must hold of each afterwards: wholly there, or not at all. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Actor } from '#domain/actor.ts'
import type { ChallengeId, ClaimReviewId, RevisionId, RumourId, VerdictId } from '#domain/ids.ts'
import { challengeReview } from '#flows/challenge-review/challenge-review.ts'
import { publishVerdict } from '#flows/publish-review/publish-verdict.ts'
import { correctReview, withdrawReview } from '#flows/publish-review/revise-review.ts'
import type { Place } from '#io/database/connection/pool.ts'
import type { Database } from '#io/database/open.ts'
import { deriveKeys } from '#io/keys.ts'
import type { LogDesk } from '../log/log-desk.ts'
import type { PublishDesk } from './publish-desk.ts'

export type Job = { actor: Actor; rumourId: RumourId } & (
  | { do: 'publish'; id: VerdictId }
  | { do: 'confirm'; id: RevisionId; claimReviewId: ClaimReviewId; kind: 'correction' | 'withdrawal' }
  | { do: 'decide'; id: ChallengeId; claimReviewId: ClaimReviewId }
)

/** One job of each kind, ready to be done. */
export async function prepareJobs(desk: PublishDesk, log: LogDesk): Promise<Job[]> {
  const { needs, author, approver, third } = desk
  const begin = async () => {
    const rumourId = await desk.addRumour()
    const held = await desk.addCase(rumourId)
    return { rumourId, held, verdictId: await desk.addVerdict(held) }
  }
  const fresh = await begin()
  const out = await Promise.all(
    [await begin(), await begin(), await begin()].map(async (one) => ({
      ...one,
      ...(await publishVerdict(needs, author, one.verdictId)),
    })),
  )
  await log.settle()
  const [first, second, last] = out as [(typeof out)[0], (typeof out)[0], (typeof out)[0]]
  const verdictId = await desk.addVerdict(first.held, { summary: 'Mended.' })
  const note = { wrong: 'A number.', changed: 'The number.', why: 'It was read wrongly.' }
  const correction = await correctReview(needs, author, {
    claimReviewId: first.claimReviewId,
    verdictId,
    note,
  })
  const withdrawal = await withdrawReview(needs, approver, {
    claimReviewId: second.claimReviewId,
    reason: 'Another town.',
  })
  await challengeReview(
    { ...needs, keys: deriveKeys('a secret of this test') },
    {
      claimReviewId: last.claimReviewId,
      text: 'This is not so.',
      contact: '',
      clientId: `client ${last.claimReviewId}`,
    },
  )
  const { rows } = await sql<{ id: ChallengeId }>`
    select id from challenges where claim_review_id = ${last.claimReviewId}`.execute(desk.db)
  const of = ({ rumourId, claimReviewId }: typeof first) => ({ actor: third, rumourId, claimReviewId })
  return [
    { do: 'publish', actor: author, rumourId: fresh.rumourId, id: fresh.verdictId },
    { do: 'confirm', id: correction, kind: 'correction', ...of(first) },
    { do: 'confirm', id: withdrawal, kind: 'withdrawal', ...of(second) },
    { do: 'decide', id: rows[0]!.id, ...of(last) },
  ]
}

const program = fileURLToPath(new URL('./publisher.ts', import.meta.url))

/** A process that does the jobs; resolves when it begins. */
export async function startPublisher(
  place: Place,
  jobs: Job[],
  at = 0,
  when: 'before' | 'after' = 'after',
): Promise<ChildProcess> {
  const given = [program, JSON.stringify(place), JSON.stringify(jobs), String(at), when]
  const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'ignore'] })
  await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])
  return child
}

/** Resolves when nobody else has a transaction open: a commit that was under way when its sender was killed may still come. */
export async function whenNobodyWrites(db: Database): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ open: number }>`select count(*)::int as open from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        and xact_start is not null`.execute(db)
    if (rows[0]!.open === 0) return
    await setImmediate()
  }
}

/** Everything that a job writes, as one line: what was there before, or all of it. */
export async function traceOf(db: Database, job: Job): Promise<string> {
  const column = { publish: 'verdict_id', confirm: 'revision_id', decide: 'challenge_id' }[job.do]
  const { rows } = await sql<Record<string, unknown>>`
    select
      (select count(*) from publications where ${sql.ref(column)} = ${job.id})::int as publications,
      (select count(*) from publications p join log_entries e on e.leaf_hash = p.leaf_hash
        and e.claim_review_id = p.claim_review_id where p.${sql.ref(column)} = ${job.id})::int as entries,
      (select string_agg(kind, ' ' order by created_at, id) from notices where rumour_id = ${job.rumourId}) as notices,
      (select state from rumours where id = ${job.rumourId}) as rumour,
      (select string_agg(c.state || ' ' || (select count(*) from case_events e where e.case_id = c.id), ' ')
        from cases c where c.rumour_id = ${job.rumourId}) as cases,
      (select string_agg(v.state, ' ' order by v.version) from verdicts v join cases c on c.id = v.case_id
        where c.rumour_id = ${job.rumourId}) as verdicts,
      (select coalesce(string_agg(cr.version::text, ' '), 'none') from publications p
        join cases c on c.id = p.case_id join claim_reviews cr on cr.id = p.claim_review_id
        where c.rumour_id = ${job.rumourId} and p.version = 1) as listed,
      (select count(*) from removed_claim_reviews r join publications p on p.claim_review_id = r.claim_review_id
        join cases c on c.id = p.case_id where c.rumour_id = ${job.rumourId} and p.version = 1)::int as removed,
      coalesce((select state from revisions where id = ${job.id}), (select state from challenges where id = ${job.id})) as decided`.execute(
    db,
  )
  return Object.entries(rows[0]!)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ')
}

/** What the trace of each kind of job is before it and after it; nothing else is ever right. */
export function tracesOf(job: Job): { before: string; after: string } {
  const trace = (...values: (string | number | null)[]) =>
    ['publications', 'entries', 'notices', 'rumour', 'cases', 'verdicts', 'listed', 'removed', 'decided']
      .map((name, at) => `${name}=${String(values[at])}`)
      .join(', ')
  if (job.do === 'publish') {
    return {
      before: trace(0, 0, null, 'open', 'open 0', 'approved', 'none', 0, null),
      after: trace(1, 1, 'answered', 'answered', 'published 1', 'published', '1', 0, null),
    }
  }
  if (job.do === 'decide') {
    return {
      before: trace(0, 0, 'answered', 'answered', 'published 1', 'published', '1', 0, 'open'),
      after: trace(1, 1, 'answered', 'answered', 'published 1', 'published', '1', 0, 'upheld'),
    }
  }
  return job.kind === 'correction'
    ? {
        before: trace(0, 0, 'answered', 'answered', 'published 1', 'published approved', '1', 0, 'proposed'),
        after: trace(
          1,
          1,
          'answered corrected',
          'answered',
          'published 2',
          'published published',
          '2',
          0,
          'published',
        ),
      }
    : {
        before: trace(0, 0, 'answered', 'answered', 'published 1', 'published', '1', 0, 'proposed'),
        after: trace(1, 1, 'answered withdrawn', 'open', 'published 1', 'published', 'none', 1, 'published'),
      }
}
