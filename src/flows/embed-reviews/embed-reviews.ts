/**
 * claim review → EMBED: a vector for each review that has none of the model that is set. In batches, each kept as it is
 * made, so that a run that is cut short loses one at most and the next one goes on from there.
 */
import { createHash } from 'node:crypto'
import { isAssayError } from '#domain/errors.ts'
import {
  keepVectors,
  listUnembeddedReviews,
  type UnembeddedReview,
  upsertVectors,
  type VectorModel,
} from '#io/database/vectors.ts'
import { type Embedder, embedderLimits } from '#io/embedder/embedder.ts'
import { embeddedReview } from '#matching/meaning/embedded-text.ts'
import type { Needs } from '../needs.ts'

export const embedLimits = {
  /** Reviews looked at in one go; those whose text is the same as before cost no vector. */
  listedMax: 256,
  /** Of one run; the next one follows within a minute. */
  runMs: 50_000,
} as const

export interface Embedded {
  made: number
  /** Of reviews that changed in another place than their text. */
  kept: number
  /** Texts that the model has no vector for. */
  refused: number
}

type EmbedNeeds = Pick<Needs, 'db' | 'clock' | 'journal'> & { embedder: Embedder }

/** What is to be embedded of one review; a text of null has no letters to embed. */
interface Task {
  review: UnembeddedReview
  text: string | null
  textHash: Buffer
}

/** Stops quietly when the embedder fails: it says so itself, and the next run tries again. */
export async function embedReviews(needs: EmbedNeeds, signal?: AbortSignal): Promise<Embedded> {
  const { db, clock, embedder, journal } = needs
  const sum: Embedded = { made: 0, kept: 0, refused: 0 }
  const endsAt = clock.now().getTime() + embedLimits.runMs
  try {
    let after = 0
    let model: VectorModel | null = null
    while (!signal?.aborted && clock.now().getTime() < endsAt) {
      model ??= await embedder.describe(signal)
      const reviews = await listUnembeddedReviews(db, model, { after, limit: embedLimits.listedMax })
      if (reviews.length === 0) break
      after = reviews.at(-1)!.changeNumber
      await embedListed(needs, model, reviews.map(taskOf), { sum, signal })
    }
  } catch (error) {
    if (!isAssayError(error) && !signal?.aborted) throw error
  }
  if (sum.made + sum.refused > 0) journal.info('reviews embedded', { ...sum })
  return sum
}

function taskOf(review: UnembeddedReview): Task {
  const text = embeddedReview(review.claim, review.title)
  const textHash = createHash('sha256')
    .update(text ?? '')
    .digest()
  return { review, text, textHash }
}

interface Run {
  sum: Embedded
  signal: AbortSignal | undefined
}

async function embedListed(needs: EmbedNeeds, model: VectorModel, tasks: Task[], { sum, signal }: Run) {
  const isKept = ({ review, textHash }: Task) => review.textHash?.equals(textHash) ?? false
  const kept = tasks.filter(isKept).map(({ review }) => review)
  await needs.db.transaction().execute((tx) => keepVectors(tx, kept))
  sum.kept += kept.length
  const rest = tasks.filter((task) => !isKept(task))
  for (let at = 0; at < rest.length && !signal?.aborted; at += embedderLimits.reviewsMax) {
    const batch = rest.slice(at, at + embedderLimits.reviewsMax)
    const vectors = await vectorsOf(needs.embedder, batch, signal)
    const written = batch.map(({ review, textHash }, place) => ({
      id: review.id,
      changeNumber: review.changeNumber,
      textHash,
      vector: vectors[place]!,
    }))
    await needs.db.transaction().execute((tx) => upsertVectors(tx, model, written))
    const made = vectors.filter((vector) => vector !== null).length
    sum.made += made
    sum.refused += vectors.length - made
  }
}

/** In the order of the tasks; null where there is nothing to embed or the model has no vector to give. */
async function vectorsOf(
  embedder: Embedder,
  tasks: Task[],
  signal?: AbortSignal,
): Promise<(Int8Array | null)[]> {
  const texts = tasks.flatMap(({ text }) => text ?? [])
  const vectors = (await embedAll(embedder, texts, signal)).values()
  return tasks.map(({ text }) => (text === null ? null : vectors.next().value!))
}

/** A batch that is refused for one of its texts is asked text by text. @throws what `reviews` throws when none passes */
async function embedAll(
  embedder: Embedder,
  texts: string[],
  signal?: AbortSignal,
): Promise<(Int8Array | null)[]> {
  if (texts.length === 0) return []
  try {
    return await embedder.reviews(texts, signal)
  } catch (error) {
    if (!isAssayError(error) || error.code !== 'invalid') throw error
    // Whoever refuses everything is ill, and the reviews are not: the next run asks again.
    await embedder.reviews(['Assay'], signal)
    const vectors: (Int8Array | null)[] = []
    for (const text of texts) {
      const [vector] = await embedder.reviews([text], signal).catch((cause: unknown) => {
        if (isAssayError(cause) && cause.code === 'invalid') return [null]
        throw cause
      })
      vectors.push(vector!)
    }
    return vectors
  }
}
