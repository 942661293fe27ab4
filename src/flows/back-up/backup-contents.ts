/** What a backup holds of the data folder, and what it must not hold. Names of members are names in the data folder. */
import type { Config } from '#config.ts'
import { competenceFile } from '#io/competence-table.ts'
import type { DumpedStep } from '#io/database/dump.ts'
import { fadingKeysFolder } from '#io/fading-keys.ts'
import { isLogKeyName, secretFile } from '#io/secrets.ts'

/** The first member. */
export interface BackupHead {
  format: 'assay-backup'
  v: 1
  /** UTC, to the minute. */
  madeAt: string
  /** The steps of the database: what rows go into what tables. */
  steps: DumpedStep[]
  /** Whether the master secret and the log's keys are in it. */
  withSecrets: boolean
  /** The log that was written, and how far the world could read it; null before it began. */
  log: { number: number; origin: string; size: number } | null
}

export const headName = 'backup.json'
/** Rows of each table; the last member. */
export const countsName = 'tables.json'
export const databaseFolder = 'database/'

/** Files of the data folder that are copied, beside the logs'. */
export const keptFolders = ['captures'] as const
export const keptFiles = [competenceFile] as const

/**
 * Never copied: keys that are destroyed on a set day (docs/decisions/0006), the index, which is of the database that it
 * was made from, and the server's own files, whose rows are there as rows.
 */
export const leftOutFolders = [fadingKeysFolder, 'index', 'postgres'] as const

export function isSecretName(name: string): boolean {
  return name === secretFile || isLogKeyName(name)
}

/** Whether a member of this name may be written into a data folder. */
export function isDataName(name: string): boolean {
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) return false
  const [folder] = name.split('/')
  const isKept =
    keptFolders.some((one) => one === folder) || folder === 'log' || keptFiles.some((one) => one === name)
  return isKept || isSecretName(name)
}

export type BackupConfig = Pick<Config, 'dataFolder' | 'databaseUrl' | 'logKey' | 'secret'>
