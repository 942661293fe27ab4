/** What the operator watches, in Prometheus' words. Labels are routes, states and decisions, never anything of a reader. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  requests: Counter<'route' | 'status'>
  requestSeconds: Histogram<'route'>
  answers: Counter<'decision'>
  tips: Counter<'outcome'>
  pushes: Counter<'outcome'>
  indexSize: Gauge
  /** Bytes of the index in this process, by part. */
  indexBytes: Gauge<'part'>
  /** Bytes of the index for one review. */
  indexBytesPerReview: Gauge
  indexReady: Gauge
  /** Reviews whose vector is in memory, and reviews without one; both 0 while no embedder is set. */
  vectorsHeld: Gauge
  vectorsMissing: Gauge
  messageVectors: Counter<'outcome'>
  /** Unix time at which the index was last level with the database. */
  indexLevelAt: Gauge
  /** The whole page for a scraper. */
  page(): Promise<{ contentType: string; body: string }>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    requests: new Counter({
      name: 'assay_requests_total',
      help: 'Requests by route pattern and status.',
      labelNames: ['route', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'assay_request_seconds',
      help: 'Time from request to response by route pattern.',
      labelNames: ['route'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    answers: new Counter({
      name: 'assay_answers_total',
      help: 'Messages answered, by decision.',
      labelNames: ['decision'],
      registers,
    }),
    tips: new Counter({
      name: 'assay_tips_total',
      help: 'Tips sent in, by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
    pushes: new Counter({
      name: 'assay_pushes_total',
      help: 'Pushes to browsers of those who asked, by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
    indexSize: new Gauge({ name: 'assay_index_reviews', help: 'Claim reviews in the index.', registers }),
    indexBytes: new Gauge({
      name: 'assay_index_bytes',
      help: 'Memory of the index by part.',
      labelNames: ['part'],
      registers,
    }),
    indexBytesPerReview: new Gauge({
      name: 'assay_index_bytes_per_review',
      help: 'Memory of the index for one review, on average.',
      registers,
    }),
    indexReady: new Gauge({
      name: 'assay_index_ready',
      help: '1 once the index holds every review of the database.',
      registers,
    }),
    indexLevelAt: new Gauge({
      name: 'assay_index_level_timestamp_seconds',
      help: 'When the index was last level with the database.',
      registers,
    }),
    vectorsHeld: new Gauge({
      name: 'assay_vectors_held',
      help: 'Reviews whose vector is in memory; 0 without an embedder.',
      registers,
    }),
    vectorsMissing: new Gauge({
      name: 'assay_vectors_missing',
      help: 'Reviews in the index without a vector; 0 without an embedder.',
      registers,
    }),
    messageVectors: new Counter({
      name: 'assay_message_vectors_total',
      help: 'Messages for which a vector was wanted, by what became of that.',
      labelNames: ['outcome'],
      registers,
    }),
    page: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}
