/** Which witnesses count, and how many must have signed. Source: C2SP tlog-policy. */
import type { Parsed, Problem } from '#domain/errors.ts'
import { parseVerifierKey, type VerifierKey } from './keys.ts'

export interface PolicyKey {
  key: VerifierKey
  url: string | null
}

export interface WitnessPolicy {
  logs: PolicyKey[]
  /** By the name that the policy gives them. */
  witnesses: Map<string, PolicyKey>
  groups: Map<string, { atLeast: number; members: string[] }>
  /** The witness or group that must be satisfied; null: none is needed. */
  quorum: string | null
}

export const noWitnesses: WitnessPolicy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null }

/** Reads a policy file; every problem names its line. */
export function parsePolicy(text: string): Parsed<WitnessPolicy> {
  const policy: WitnessPolicy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null }
  const problems: Problem[] = []
  let quorumSeen = false
  text.split('\n').forEach((line, at) => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/)
    const problem =
      words[0] === ''
        ? null
        : words[0] === 'quorum' && quorumSeen
          ? 'a second quorum line'
          : (directives[words[0]!]?.(policy, words.slice(1)) ??
            (directives[words[0]!] ? null : `"${words[0]}" is not log, witness, group or quorum`))
    quorumSeen ||= words[0] === 'quorum'
    if (problem !== null) problems.push({ path: `line ${at + 1}`, message: problem })
  })
  if (!quorumSeen && problems.length === 0)
    problems.push({ path: '$', message: 'the quorum line is missing' })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: policy }
}

/** Each reads the words after its own into the policy, and returns what is wrong or null. */
const directives: Record<string, (policy: WitnessPolicy, words: string[]) => string | null> = {
  log(policy, [vkey, url, ...rest]) {
    const key = policyKeyOf(vkey, url, rest)
    if (typeof key === 'string') return key
    policy.logs.push(key)
    return null
  },
  witness(policy, [name, vkey, url, ...rest]) {
    const key = policyKeyOf(vkey, url, rest)
    if (typeof key === 'string') return key
    const wrong = nameProblem(policy, name)
    if (wrong !== null) return wrong
    policy.witnesses.set(name!, key)
    return null
  },
  group(policy, [name, threshold, ...members]) {
    const wrong = nameProblem(policy, name)
    if (wrong !== null) return wrong
    const unknown = members.find((member) => !policy.witnesses.has(member) && !policy.groups.has(member))
    if (unknown !== undefined) return `"${unknown}" is neither a witness nor a group named above`
    if (new Set(members).size !== members.length) return 'a member is named twice'
    const atLeast = threshold === 'all' ? members.length : threshold === 'any' ? 1 : Number(threshold)
    if (!Number.isInteger(atLeast) || atLeast < 1 || atLeast > members.length)
      return 'the threshold is any, all, or a number from 1 to the number of members'
    policy.groups.set(name!, { atLeast, members })
    return null
  },
  quorum(policy, [name, ...rest]) {
    if (name === undefined || rest.length > 0) return 'quorum takes one name, or none'
    if (name !== 'none' && !policy.witnesses.has(name) && !policy.groups.has(name))
      return `"${name}" is neither a witness nor a group`
    policy.quorum = name === 'none' ? null : name
    return null
  },
}

function nameProblem(policy: WitnessPolicy, name: string | undefined): string | null {
  if (name === undefined) return 'a name is missing'
  if (name === 'none') return 'the name none is reserved'
  return policy.witnesses.has(name) || policy.groups.has(name) ? `the name "${name}" is taken` : null
}

function policyKeyOf(vkey: string | undefined, url: string | undefined, rest: string[]): PolicyKey | string {
  if (vkey === undefined) return 'a verifier key is missing'
  const key = parseVerifierKey(vkey)
  if (!key.ok) return key.problems[0]!.message
  if (rest.length > 0) return 'too many words'
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    return `"${url}" is not an http or https address`
  return { key: key.value, url: url ?? null }
}

/** Whether the witnesses that signed, by policy name, are enough. */
export function isQuorum(policy: WitnessPolicy, signed: ReadonlySet<string>): boolean {
  const satisfied = (name: string): boolean => {
    const group = policy.groups.get(name)
    return group ? group.members.filter(satisfied).length >= group.atLeast : signed.has(name)
  }
  return policy.quorum === null || satisfied(policy.quorum)
}
