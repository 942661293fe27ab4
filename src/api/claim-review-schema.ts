/** A claim review as the API shows it: the schema is the type and its description. */
import { z } from '@hono/zod-openapi'
import { ratingValues } from '#domain/rating.ts'

const RatingSchema = z
  .object({
    words: z.string().nullable().openapi({
      description: 'The publisher’s own words, unchanged; null when it gave none.',
      example: 'Pants on Fire',
    }),
    value: z.enum(ratingValues).nullable().openapi({
      description: 'The normalised value; null when neither the words nor the scale say.',
    }),
    scale: z
      .object({ value: z.number(), best: z.number(), worst: z.number() })
      .nullable()
      .openapi({ description: 'The publisher’s numeric scale, where it gave a usable one.' }),
  })
  .openapi('Rating')

export const PublisherSchema = z
  .object({
    id: z.string(),
    site: z.string().nullable().openapi({ description: 'Host without www.', example: 'factcheck.example' }),
    name: z.string(),
    sample: z.boolean().openapi({ description: 'Made up to show how Assay works.' }),
  })
  .openapi('Publisher')

export const ClaimReviewSchema = z
  .object({
    id: z.string().openapi({ example: '01jzx5m0v9k3q8r7w2c4t6y1bd' }),
    publisher: PublisherSchema,
    url: z.string().nullable().openapi({ description: 'The page of the review.' }),
    claim: z.string().openapi({ description: 'What was claimed.' }),
    title: z.string().nullable(),
    summary: z.string().nullable(),
    rating: RatingSchema,
    ratingExplanation: z.string().nullable(),
    lang: z.string().nullable().openapi({ description: 'BCP 47.', example: 'es' }),
    reviewedAt: z.string().nullable().openapi({ description: 'ISO 8601, a date or a time in UTC.' }),
    claimedAt: z
      .string()
      .nullable()
      .openapi({ description: 'When the claim was made, where the record says.' }),
    appearances: z.array(z.string()).openapi({ description: 'Where the claim was seen.' }),
    claimant: z.string().nullable().openapi({
      description:
        'As the publisher’s own record names it. Assay never indexes, searches, counts or groups by it.',
    }),
    version: z
      .int()
      .openapi({ description: 'How many versions of this review were seen, this one included.' }),
    firstSeenAt: z.string(),
    changedAt: z.string(),
  })
  .openapi('ClaimReview')
