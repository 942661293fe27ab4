/** `assay ask`: what the ask page says, on the command line. Needs no running server, and works beside one. */
import { type Command, InvalidArgumentError } from 'commander'
import { AssayError } from '#domain/errors.ts'
import { messageLimits } from '#domain/message.ts'
import { answerLimits, answerMessage } from '#flows/answer-message/answer-message.ts'
import { keepIndexCurrent } from '#flows/keep-index-current/keep-index-current.ts'
import { formatAnswer } from './ask/format-answer.ts'
import type { CliContext } from './context.ts'

interface AskOptions {
  limit: number
  lang?: string
  json?: boolean
}

export function askCommand(program: Command, context: CliContext): void {
  program
    .command('ask')
    .description('say what published reviews answer a message, and why')
    .argument('<text>', 'the message, in quotes; - reads it from standard input')
    .option('--limit <n>', `matches at most, 1 to ${answerLimits.max}`, parseLimit, answerLimits.default)
    .option('--lang <code>', 'language of the message, a hint only')
    .option('--json', 'print one JSON object')
    .action(async (given: string, { limit, lang, json }: AskOptions) => {
      const text = given === '-' ? await readText(context.input) : given
      const message = { text, links: [], lang: lang ?? null }
      const answer = await context.withDatabase(async (needs) => {
        const index = await keepIndexCurrent(needs, neverHints)
        await index.caughtUp
        await index.vectorsCaughtUp
        try {
          const ready = { ...needs, engine: index.engine, index: index.state }
          return await answerMessage(ready, message, { limit, byMeaning: true })
        } finally {
          await index.stop()
        }
      })
      context.out(json ? JSON.stringify(answer) : formatAnswer(answer))
    })
}

/** One question is over before anything new could be told. */
const neverHints = () => async () => {}

function parseLimit(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > answerLimits.max) {
    throw new InvalidArgumentError(`give a whole number from 1 to ${answerLimits.max}.`)
  }
  return limit
}

/** The longest message in the widest encoding; whatever is longer is refused without being held. */
const bytesMax = messageLimits.textMax * 4

/** @throws too_large */
async function readText(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk))
    bytes += chunk.length
    if (bytes > bytesMax) {
      throw new AssayError(
        'too_large',
        `The message is too long; give at most ${messageLimits.textMax} characters.`,
      )
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}
