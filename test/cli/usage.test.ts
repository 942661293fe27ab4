import { describe, expect, test } from 'vitest'
import { assay } from './assay.ts'

const commands = ['serve', 'ingest', 'ask', 'export', 'samples', 'migrate', 'invite', 'fsck', 'log', 'eval']

describe('help', () => {
  test('lists every command', async () => {
    const { code, stdout } = await assay(['--help'])
    expect(code).toBe(0)
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
  })

  test.each(commands)('of %s says how it is used, without a database', async (command) => {
    const { code, stdout, stderr } = await assay([command, '--help'], { ASSAY_DATA: '/dev/null/nowhere' })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: assay ${command}`))
  })
})

describe('wrong use is one line on standard error, and exit code 2', () => {
  test.each([
    ['an unknown command', ['nope']],
    ['an unknown option', ['ask', '--loud', 'text']],
    ['a missing argument', ['ask']],
    ['one argument too many', ['migrate', 'now']],
    ['a limit that is none', ['ask', '--limit', '0', 'text']],
    ['a role that is none', ['serve', '--role', 'king']],
    ['an address that is none', ['invite', '--organisation', 'North', '--role', 'lead', 'nobody']],
  ])('%s', async (_name, args) => {
    const { code, stdout, stderr } = await assay(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^assay: [^\n]+\n$/)
  })

  test.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['ASSAY_URL', 'not an address'],
    ['DATABASE_URL', 'mysql://x'],
    ['ASSAY_JOURNAL', 'loud'],
  ])('a setting that cannot be used: %s=%s', async (name, value) => {
    const { code, stdout, stderr } = await assay(['migrate'], { [name]: value })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^assay: ${name}\\b[^\\n]+\\.\\n$`))
  })
})

test('without a command it says what there is', async () => {
  const { code, stderr } = await assay([])
  expect(code).toBe(2)
  expect(stderr).toContain('Usage: assay')
})
