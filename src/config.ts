/** Every setting, its default and its meaning; read once at start and handed on. The same table is in docs/operating.md. */
import { isAbsolute, resolve } from 'node:path'
import { AssayError } from '#domain/errors.ts'
import { isKeyName } from '#formats/tlog/keys.ts'

export interface Config {
  /** Absolute path of the one folder that holds everything. */
  dataFolder: string
  /** A PostgreSQL server; null: the embedded one inside the data folder. */
  databaseUrl: string | null
  host: string
  port: number
  /** The public address, without a trailing slash. Links come from here, never from a request header. */
  publicUrl: string
  /** Hosts of the operator's own network that may be fetched although their address is private. */
  allowedPrivateHosts: string[]
  journalLevel: JournalLevel
  /** The log's first line, and the name of its key; not `chosen`, it is only the name for a log that is new. */
  logOrigin: { name: string; chosen: boolean }
  /** The log's private key, or the path of a file that holds it; null: made once and kept in the data folder. */
  logKey: string | null
  /** Path of the file that names the log's witnesses; null: none are asked. */
  witnessPolicyFile: string | null
  /** Master secret, at least 32 characters; null: made once and kept in the data folder. */
  secret: string | null
  /** What makes vectors of texts, so that meaning is compared beside words. */
  embedder: EmbedderSettings
}

export type EmbedderSettings =
  | { kind: 'none' }
  /** Absolute path of a folder with an ONNX model and its tokenizer.json. */
  | { kind: 'local'; folder: string }
  | {
      kind: 'remote'
      /** The whole address that texts are posted to. */
      url: string
      model: string
      key: string | null
      /** Path of the file that holds the key. */
      keyFile: string | null
      /** Whether what people ask is sent there too; without it, reviews alone. */
      sendsMessages: boolean
    }

const journalLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type JournalLevel = (typeof journalLevels)[number]

/** @throws invalid, with the setting's name, when a value cannot be used */
export function readConfig(env: NodeJS.ProcessEnv, folder = process.cwd()): Config {
  const host = env.HOST ?? '127.0.0.1'
  const port = portOf(env.PORT ?? '4100')
  const dataFolder = env.ASSAY_DATA ?? 'data'
  const at = host.includes(':') ? `[${host}]` : host
  const publicUrl = publicUrlOf(env.ASSAY_URL ?? `http://${at}:${port}`)
  const allowedPrivateHosts = (env.ASSAY_ALLOW_PRIVATE_HOSTS ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  return {
    dataFolder: isAbsolute(dataFolder) ? dataFolder : resolve(folder, dataFolder),
    databaseUrl: env.DATABASE_URL ? databaseUrlOf(env.DATABASE_URL) : null,
    host,
    port,
    publicUrl,
    allowedPrivateHosts,
    journalLevel: journalLevelOf(env.ASSAY_JOURNAL ?? 'info'),
    logOrigin: {
      name: logOriginOf(env.ASSAY_LOG_ORIGIN || `${new URL(publicUrl).host}/log`),
      chosen: Boolean(env.ASSAY_LOG_ORIGIN),
    },
    logKey: env.ASSAY_LOG_KEY || null,
    witnessPolicyFile: env.ASSAY_WITNESS_POLICY || null,
    secret: env.ASSAY_SECRET ? secretOf(env.ASSAY_SECRET) : null,
    embedder: embedderOf(env, folder, allowedPrivateHosts),
  }
}

const embedderKinds = ['none', 'local', 'remote'] as const

function embedderOf(
  env: NodeJS.ProcessEnv,
  folder: string,
  allowedPrivateHosts: readonly string[],
): EmbedderSettings {
  const text = env.ASSAY_EMBEDDER || 'none'
  const kind = embedderKinds.find((name) => name === text)
  if (!kind) {
    throw new AssayError(
      'invalid',
      `ASSAY_EMBEDDER is ${JSON.stringify(text)}; set it to one of ${embedderKinds.join(', ')}.`,
    )
  }
  const needed = (name: string, value: string | undefined): string => {
    if (value) return value
    throw new AssayError('invalid', `ASSAY_EMBEDDER=${kind} needs ${name}; docs/operating.md says which.`)
  }
  if (kind === 'none') return { kind }
  if (kind === 'local') {
    return { kind, folder: resolve(folder, needed('ASSAY_EMBEDDER_FOLDER', env.ASSAY_EMBEDDER_FOLDER)) }
  }
  const sends = env.ASSAY_EMBEDDER_MESSAGES || 'no'
  if (sends !== 'yes' && sends !== 'no') {
    throw new AssayError(
      'invalid',
      `ASSAY_EMBEDDER_MESSAGES is ${JSON.stringify(sends)}; set it to yes or no.`,
    )
  }
  return {
    kind,
    url: embeddingsUrlOf(needed('ASSAY_EMBEDDER_URL', env.ASSAY_EMBEDDER_URL), allowedPrivateHosts),
    model: needed('ASSAY_EMBEDDER_MODEL', env.ASSAY_EMBEDDER_MODEL),
    key: env.ASSAY_EMBEDDER_KEY || null,
    keyFile: env.ASSAY_EMBEDDER_KEY_FILE ? resolve(folder, env.ASSAY_EMBEDDER_KEY_FILE) : null,
    sendsMessages: sends === 'yes',
  }
}

/** The API's address, or the whole one. Across the open internet only encrypted. */
function embeddingsUrlOf(text: string, allowedPrivateHosts: readonly string[]): string {
  const url = URL.parse(text)
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? ''
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && allowedPrivateHosts.includes(host))
  if (!url || !isSafe || url.username !== '' || url.password !== '') {
    throw new AssayError(
      'invalid',
      'ASSAY_EMBEDDER_URL must be an https address without a password, such as https://models.example/v1, or http of a host that ASSAY_ALLOW_PRIVATE_HOSTS names.',
    )
  }
  const path = url.pathname.replace(/\/+$/, '')
  if (!path.endsWith('/embeddings')) url.pathname = `${path || '/v1'}/embeddings`
  return url.href
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AssayError(
      'invalid',
      `PORT is ${JSON.stringify(text)}; set it to a whole number from 0 to 65535.`,
    )
  }
  return port
}

function publicUrlOf(text: string): string {
  const url = URL.parse(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new AssayError(
      'invalid',
      `ASSAY_URL is ${JSON.stringify(text)}; set it to an http or https address.`,
    )
  }
  return url.href.replace(/\/$/, '')
}

function databaseUrlOf(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text)) {
    throw new AssayError('invalid', 'DATABASE_URL must start with postgres:// or postgresql://.')
  }
  return text
}

function journalLevelOf(text: string): JournalLevel {
  const level = journalLevels.find((name) => name === text)
  if (!level) {
    throw new AssayError(
      'invalid',
      `ASSAY_JOURNAL is ${JSON.stringify(text)}; set it to one of ${journalLevels.join(', ')}.`,
    )
  }
  return level
}

function logOriginOf(text: string): string {
  if (!isKeyName(text)) {
    throw new AssayError(
      'invalid',
      'ASSAY_LOG_ORIGIN must be one word without a plus sign, such as example.org/log.',
    )
  }
  return text
}

/** Characters of the master secret: fewer could be guessed. */
const secretLengthMin = 32

function secretOf(text: string): string {
  if (text.length < secretLengthMin) {
    throw new AssayError(
      'invalid',
      `ASSAY_SECRET must have at least ${secretLengthMin} characters; make a random one.`,
    )
  }
  return text
}
