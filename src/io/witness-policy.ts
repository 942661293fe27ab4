/** The operator's file of witnesses and quorum. */
import { readFile } from 'node:fs/promises'
import { AssayError } from '#domain/errors.ts'
import { parsePolicy, type WitnessPolicy } from '#formats/tlog/policy.ts'

/** @throws invalid, with the line, when the file cannot be used */
export async function readWitnessPolicy(path: string): Promise<WitnessPolicy> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AssayError('invalid', `ASSAY_WITNESS_POLICY: the file ${path} cannot be read.`, { cause })
  })
  const policy = parsePolicy(text)
  if (policy.ok) return policy.value
  const { path: line, message } = policy.problems[0]!
  throw new AssayError('invalid', `ASSAY_WITNESS_POLICY: ${path}, ${line}: ${message}.`)
}
