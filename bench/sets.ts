/** The named public sets that quality is measured on: where their files are and how they are split. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FileClaim,
  type FileQuery,
  type IndexField,
  indexFields,
  readClaims,
  readJudgements,
  readQueries,
} from '#flows/evaluate/read-files.ts'

/** Folder of the sets: beside the checkout unless ASSAY_BENCH says otherwise; see bench/README.md. */
export const setsFolder = process.env.ASSAY_BENCH ?? join(import.meta.dirname, '..', '..', 'shared', 'bench')

export interface BenchSet {
  name: string
  folder: string
  claims: string
  /** Splits that may be learned from, those that are only measured, and those that are kept for the end. */
  train: string[]
  measured: string[]
  lastLook: string[]
}

export const sets = {
  checkthat2022: {
    name: 'CheckThat! 2022 2A (English)',
    folder: 'checkthat2022-2a-en',
    claims: 'claims.jsonl',
    train: ['train'],
    measured: ['dev'],
    lastLook: ['devtest'],
  },
  factchecktweet: {
    name: 'FactCheckTweet (English)',
    folder: 'factchecktweet-en',
    claims: 'claims.jsonl.gz',
    train: ['train'],
    measured: ['dev'],
    lastLook: [],
  },
  checkthat2025: {
    name: 'CheckThat! 2025 task 2 (11 languages)',
    folder: 'checkthat2025-2-multi',
    claims: 'claims.jsonl',
    train: ['train'],
    measured: [],
    lastLook: [],
  },
  cofacts: {
    name: 'Cofacts (Chinese)',
    folder: 'cofacts-zh',
    claims: 'claims.jsonl',
    train: ['train_linktitle'],
    measured: ['dev'],
    lastLook: [],
  },
} satisfies Record<string, BenchSet>

export type SetName = keyof typeof sets
export const setNames = Object.keys(sets) as SetName[]

export function pathOf(set: BenchSet, file: string): string {
  return join(setsFolder, set.folder, file)
}

export function haveSets(): boolean {
  return existsSync(pathOf(sets.checkthat2022, sets.checkthat2022.claims))
}

export function claimsOf(
  set: BenchSet,
  fields: readonly IndexField[] = indexFields,
): AsyncGenerator<FileClaim> {
  return readClaims(pathOf(set, set.claims), new Set(fields))
}

export interface SplitQuery extends FileQuery {
  relevant: ReadonlySet<string>
}

export async function queriesOf(set: BenchSet, split: string): Promise<SplitQuery[]> {
  const judgements = await readJudgements(pathOf(set, `qrels.${split}.tsv`))
  const queries = await readQueries(pathOf(set, `queries.${split}.jsonl`), judgements)
  return queries.map((query) => ({ ...query, relevant: judgements.get(query.id)! }))
}

/** The pool that speed and memory are measured on: real fact-checks of many sets, no queries of its own. */
export const scaleFile = join(setsFolder, 'scale-145k', 'claims.jsonl.gz')

export function scaleClaims(): AsyncGenerator<FileClaim> {
  return readClaims(scaleFile, new Set(indexFields))
}
