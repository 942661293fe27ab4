import { expect, test } from 'vitest'
import { assay, freshSettings } from './assay.ts'

const settings = freshSettings()
const url = 'https://desk.example'

test('assay invite prints a one-time link, and makes the organisation once', async () => {
  const env = { ...(await settings), ASSAY_URL: url }
  const invite = (...args: string[]) => assay(['invite', ...args], env)
  const lead = await invite('--organisation', 'North Desk', '--role', 'lead', 'lea@north.example')
  expect(lead).toMatchObject({ code: 0 })
  expect(lead.stdout).toMatch(/^https:\/\/desk\.example\/desk\/invitations\/[\w-]{32}\n$/)
  const checker = await invite(
    '--json',
    '--organisation',
    'North Desk',
    '--role',
    'checker',
    'ch@north.example',
  )
  expect(JSON.parse(checker.stdout)).toMatchObject({ link: expect.stringContaining(url) })
  expect(checker.stdout).not.toContain(lead.stdout.trim())
  const operator = await invite('--role', 'operator', 'op@desk.example')
  expect(operator.code).toBe(0)
})

test.each([
  ['an operator of an organisation', ['--organisation', 'North', '--role', 'operator', 'op@desk.example']],
  ['a lead of no organisation', ['--role', 'lead', 'lea@north.example']],
  ['a role that is none', ['--organisation', 'North', '--role', 'king', 'lea@north.example']],
])('%s is refused in one line', async (_name, args) => {
  const { code, stdout, stderr } = await assay(['invite', ...args], await settings)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^assay: [^\n]+\n$/)
})
