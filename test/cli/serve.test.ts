import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { readConfig } from '#config.ts'
import { openDatabase } from '#io/database/open.ts'
import { assay, endOf, freshSettings, serve } from './assay.ts'

const settings = freshSettings()
const newerSettings = freshSettings()

describe('assay serve', () => {
  test('answers with the samples at its very first start, and ends well when told to', async () => {
    const { url, child } = await serve(['--samples'], await settings)
    const page = await fetch(url)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    const answer = await fetch(`${url}/api/v1/answers?q=A+goldfish+has+a+memory+of+only+three+seconds`)
    expect(JSON.parse(await answer.text())).toMatchObject({ decision: 'answered' })
    child.kill('SIGTERM')
    expect(await endOf(child)).toBe(0)
  })

  test('prints a one-time link for the first lead while nobody is at the desk', async () => {
    const { url, child, remarks } = await serve(['--role', 'web'], await settings)
    expect(remarks()).toMatch(new RegExp(`${url}/desk/invitations/[\\w-]{32}\n`))
    child.kill('SIGTERM')
    expect(await endOf(child)).toBe(0)
  })

  test('does not bring removed samples back', async () => {
    expect((await assay(['samples', 'remove'], await settings)).code).toBe(0)
    const { url, child } = await serve(['--samples'], await settings)
    expect(JSON.parse(await (await fetch(`${url}/healthz`)).text())).toMatchObject({ index: { reviews: 0 } })
    child.kill('SIGTERM')
    expect(await endOf(child)).toBe(0)
  })

  test('finds what a command beside it commits, and needs no restart for it', async () => {
    const { url, child } = await serve(['--role', 'web'], await settings)
    expect((await assay(['samples', 'add'], await settings)).code).toBe(0)
    await vi.waitFor(async () => {
      const answer = await fetch(`${url}/api/v1/answers?q=A+goldfish+has+a+memory+of+only+three+seconds`)
      expect(JSON.parse(await answer.text())).toMatchObject({ decision: 'answered' })
    }, 20_000)
    child.kill('SIGINT')
    expect(await endOf(child)).toBe(0)
  })
})

test('another port or address than the last time is no other log', async () => {
  const own = await settings
  const { url, child } = await serve([], { ...own, ASSAY_URL: 'https://assay.example' })
  expect(url).toBe('https://assay.example')
  child.kill('SIGTERM')
  expect(await endOf(child)).toBe(0)
  const chosen = await assay(['serve'], { ...own, ASSAY_LOG_ORIGIN: 'other.example/log' })
  expect(chosen.code).toBe(2)
  expect(chosen.stderr).toContain('ASSAY_LOG_ORIGIN')
})

test('told to stop, it takes nobody new and finishes whom it is serving', async () => {
  const { url, child } = await serve(['--samples'], await settings)
  const body = JSON.stringify({ text: 'A goldfish has a memory of only three seconds' })
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Expect: '100-continue',
  }
  const asking = request(`${url}/api/v1/answers`, { method: 'POST', headers })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve)
    asking.once('error', reject)
  })
  // The server says this when it has the headers: from now on it is serving us.
  const taken = new Promise((resolve) => asking.once('continue', resolve))
  asking.flushHeaders()
  await taken
  child.kill('SIGTERM')
  await vi.waitFor(async () => expect(await refuses(url)).toBe(true), { timeout: 8_000, interval: 20 })
  asking.end(body)
  const response = await answered
  response.resume()
  expect(response.statusCode).toBe(200)
  expect(await endOf(child)).toBe(0)
})

function refuses(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  )
}

describe('a start that cannot be is one clear line', () => {
  const oneLine = /^assay: [^\n]+\.\n$/

  test('a port in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await assay(['serve'], { ...(await settings), PORT: String(port) })
    expect(code).toBe(1)
    expect(stderr).toMatch(oneLine)
    expect(stderr).toContain(`Port ${port}`)
    other.close()
  })

  test('a host that is not this machine', async () => {
    const { code, stderr } = await assay(['serve'], { ...(await settings), HOST: '203.0.113.9' })
    expect(code).toBe(2)
    expect(stderr).toMatch(oneLine)
  })

  test('a data folder that is a file', async () => {
    const file = join((await settings).ASSAY_DATA!, 'file')
    await writeFile(file, '')
    const { code, stderr } = await assay(['serve'], { ASSAY_DATA: file, PORT: '0' })
    expect(code).toBeGreaterThan(0)
    expect(stderr).toMatch(oneLine)
    expect(stderr).toContain(file)
  })

  test('a database of a newer Assay', async () => {
    const newer = await newerSettings
    const { db, close } = await openDatabase(readConfig(newer))
    await sql`insert into schema_migrations (version, name, checksum) values (9999, 'later', 'later')`.execute(
      db,
    )
    await close()
    const { code, stderr } = await assay(['serve'], newer)
    expect(code).toBe(1)
    expect(stderr).toMatch(oneLine)
    expect(stderr).toMatch(/newer/)
  })

  test('a database server that is not there', async () => {
    const { code, stderr } = await assay(['serve'], {
      DATABASE_URL: 'postgres://assay@127.0.0.1:9/assay',
      PORT: '0',
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(oneLine)
  })
})
