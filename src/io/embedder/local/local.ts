/** Vectors from a model on this machine: one thread, one text at a time, what people ask before what is only prepared. */
import { Worker } from 'node:worker_threads'
import { AssayError } from '#domain/errors.ts'
import type { FetchClock } from '../../net/clock.ts'
import type { VectorRequest, VectorSource } from '../embedder.ts'
import { findModel } from './model-folder.ts'
import type { ModelSays, TextTask } from './model-thread.ts'
import { findPackages } from './packages.ts'

/** After a model failed to load, or its thread ended by itself, it is tried again so much later. */
const againAfterMs = 60_000

interface Waiting {
  task: TextTask
  signal: AbortSignal
  done(vector: Float32Array): void
  failed(error: unknown): void
}

interface Running {
  worker: Worker
  name: Promise<string>
}

/** Loads nothing yet: the first who asks waits for that. @throws invalid when folder or packages are not there */
export function openLocal(folder: string, clock: FetchClock): VectorSource {
  findModel(folder)
  findPackages(folder)
  const queue: Waiting[] = []
  let running: Running | null = null
  let current: Waiting | null = null
  let failure: { error: AssayError; until: number } | null = null
  let closing = false

  function start(): Running {
    if (failure !== null && clock.now() < failure.until) throw failure.error
    const worker = new Worker(new URL('./model-thread.ts', import.meta.url), { workerData: { folder } })
    const named = Promise.withResolvers<string>()
    named.promise.catch(() => {})
    const fail = (sentence: string) => {
      if (running?.worker !== worker) return
      const error = new AssayError('unavailable', sentence)
      failure = { error, until: clock.now() + againAfterMs }
      running = null
      named.reject(error)
      refuseAll(error)
    }
    worker.on('message', (said: ModelSays) => {
      if (said.says === 'ready') named.resolve(said.name)
      else if (said.says === 'failed') fail(said.sentence)
      else settle(said)
    })
    worker.on('error', () => fail(`The model in ${folder} broke off.`))
    worker.on('exit', () => fail(`The model in ${folder} ended by itself.`))
    return { worker, name: named.promise }
  }

  function refuseAll(error: AssayError): void {
    for (const waiting of [current, ...queue.splice(0)]) waiting?.failed(error)
    current = null
  }

  function settle(said: Extract<ModelSays, { says: 'vector' | 'refused' }>): void {
    const settled = current
    current = null
    if (said.says === 'vector') settled?.done(said.vector)
    else settled?.failed(new AssayError('invalid', said.sentence))
    next()
  }

  function next(): void {
    while (current === null && queue.length > 0) {
      const waiting = queue.shift()!
      if (waiting.signal.aborted) continue
      current = waiting
      open().worker.postMessage(waiting.task)
    }
  }

  function open(): Running {
    if (closing) throw new AssayError('unavailable', 'The embedder is closed.')
    running ??= start()
    return running
  }

  function vectorOf(text: string, { kind, signal }: VectorRequest): Promise<Float32Array> {
    return new Promise((done, failed) => {
      const waiting = { task: { text, kind }, signal, done, failed }
      const isMessage = (other: Waiting) => other.task.kind === 'message'
      if (kind === 'message') queue.splice(queue.findLastIndex(isMessage) + 1, 0, waiting)
      else queue.push(waiting)
      next()
    })
  }

  return {
    name: () => open().name,
    async vectorsOf(texts, request) {
      await open().name
      return await Promise.all(texts.map((text) => vectorOf(text, request)))
    },
    async close() {
      closing = true
      const ending = running
      if (ending === null) return
      running = null
      refuseAll(new AssayError('unavailable', 'The embedder is closed.'))
      await new Promise<void>((resolve) => {
        ending.worker.once('exit', () => resolve())
        ending.worker.postMessage('close')
      })
    },
  }
}
