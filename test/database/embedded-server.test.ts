/** The embedded server among processes that come, go and are killed. Real processes, a data folder for each test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { countClaimReviews, listClaimReviews } from '#io/database/claim-reviews.ts'
import { postmasterState } from '#io/database/embedded/postmaster.ts'
import { openDatabase } from '#io/database/open.ts'
import { upsertClaimReviews } from '#io/database/upsert-claim-reviews.ts'
import { reviewRecord, written } from './review-record.ts'

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const program = fileURLToPath(new URL('./using-process.ts', import.meta.url))

/** Made by the first test, and used by each of the others as the one before left it. */
const dataFolder = mkdtempSync(join(tmpdir(), 'assay-embedded-'))
const children = new Set<ChildProcess>()

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  const left = serverPid()
  if (left !== null) process.kill(left, 'SIGKILL')
  await vi.waitFor(() => expect(processesOfServer()).toEqual([]))
})

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))

/** The suite that runs on a server PostgreSQL has nothing of its own to say here. */
const embedded = !process.env.ASSAY_TEST_DATABASE_URL

describe.runIf(embedded)('the embedded server', () => {
  test('three processes that start at once on a new folder share one server', async () => {
    const users = [use('hold'), use('hold'), use('hold')]
    for (const { lines } of users) expect(await next(lines)).toBe('open')
    const pid = serverPid()
    for (const { child, lines } of users) {
      expect(serverPid()).toBe(pid)
      child.stdin!.end()
      expect(await next(lines)).toBe('closed')
    }
    expect(processesOfServer()).toEqual([])
  })

  test('no acknowledged review is lost in twenty kills, and no process is left behind', {
    timeout: 300_000,
  }, async () => {
    const acknowledged = new Set<number>()
    for (let round = 0; round < 20; round++) {
      const from = round * 1_000
      const { child, lines } = use('write', String(from))
      for (let count = 0; count < 10 + round; count++) acknowledged.add(Number(await next(lines)))
      child.kill('SIGKILL')
      // Every other time the server is killed too, so that it has to recover.
      if (round % 2 === 1) process.kill(serverPid()!, 'SIGKILL')
    }
    const { db, close } = await open()
    const rows = await db.selectFrom('claim_reviews').select('record').execute()
    await close()
    const kept = new Set(rows.map(({ record }) => Number(record.url?.split('/').at(-1))))
    expect(acknowledged.size).toBe(390)
    expect([...acknowledged].filter((number) => !kept.has(number))).toEqual([])
    expect(processesOfServer()).toEqual([])
  })

  test('the process that started the server may leave first', async () => {
    const { child, lines } = use('hold')
    expect(await next(lines)).toBe('open')
    const { db, close } = await open()
    child.stdin!.end()
    expect(await next(lines)).toBe('closed')
    expect(await countClaimReviews(db)).toBeGreaterThan(0)
    await close()
    expect(processesOfServer()).toEqual([])
  })

  test('a server whose every user was killed is joined by the next one and stopped by it', async () => {
    const { child, lines } = use('hold')
    expect(await next(lines)).toBe('open')
    child.kill('SIGKILL')
    const { close } = await open()
    expect(serverPid()).not.toBeNull()
    await close()
    expect(processesOfServer()).toEqual([])
  })

  test('a server whose every user was killed stops by itself when nobody comes', async () => {
    const { child, lines } = use('hold')
    expect(await next(lines)).toBe('open')
    child.kill('SIGKILL')
    await vi.waitFor(() => expect(processesOfServer()).toEqual([]), { timeout: 40_000, interval: 100 })
    const { db, close } = await open()
    expect(await countClaimReviews(db)).toBeGreaterThan(0)
    await close()
    expect(processesOfServer()).toEqual([])
  })

  test('while the server is away queries say so, and then work again by themselves', async () => {
    const { db, close } = await open()
    const add = (url: string) =>
      db
        .transaction()
        .execute((tx) => upsertClaimReviews(tx, [reviewRecord({ url, claim: 'It comes back.' })], written()))
    let added = 0
    let refused = 0
    // The last answer of a dying server may still be a true one.
    for (let at = 1; refused === 0; at++) {
      await vi.waitFor(() => add(`https://checks.example/${at}`), { timeout: 20_000 })
      process.kill(serverPid()!, 'SIGKILL')
      const answer = await add(`https://checks.example/after-${at}`).catch((error: unknown) => error)
      if (answer instanceof Error) {
        expect(answer).toMatchObject({ name: 'AssayError', code: 'unavailable' })
        refused++
        added += 1
      } else added += 2
    }
    await vi.waitFor(() => add('https://checks.example/again'), { timeout: 20_000 })
    const found = await listClaimReviews(db, { topic: 'comes back' }, { limit: 100 })
    expect(found.claimReviews).toHaveLength(added + 1)
    await close()
    expect(processesOfServer()).toEqual([])
  })
})

function open() {
  return openDatabase({ dataFolder, databaseUrl: null })
}

function use(task: 'hold' | 'write', ...args: string[]) {
  const child = spawn(node, [program, task, dataFolder, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() }
}

async function next(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next()
  if (done) throw new Error('the process ended without saying more')
  return value
}

function serverPid(): number | null {
  const found = postmasterState({ data: join(dataFolder, 'postgres', 'data') })
  return found.state === 'running' ? found.pid : null
}

/** The main process by its command line, its children by the folder that they work in. */
function processesOfServer(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${dataFolder}/postgres/data`)
      )
    } catch {
      return false
    }
  })
}
