/** Promise 3: opinions are not checkable. They have an outcome of their own, with a reason, and are never called false. */
import { describe, expect, test } from 'vitest'
import { ratingAxis, ratingsDisagree, ratingValues } from '#domain/rating.ts'
import { emptyDraft, problemsOfVerdict } from '#domain/verdict.ts'
import { parseRating } from '#formats/ratings/parse-rating.ts'
import { sourceFiles } from '../house/source-files.ts'

describe('what evidence cannot decide', () => {
  test.each(['Opinion', 'Satire', 'Not checkable', 'Sátira', 'رأي'])('%s is never read as false', (words) => {
    const { value } = parseRating({ words, value: '1', best: '5', worst: '1' })
    expect(value === null ? null : ratingAxis(value)).toBeNull()
  })

  test('contradicts no finding', () => {
    for (const value of ratingValues) {
      expect(ratingsDisagree(['not-checkable', value])).toBe(false)
      expect(ratingsDisagree(['satire', value])).toBe(false)
    }
  })
})

test('the desk gives that outcome a reason, and needs no evidence for it', () => {
  const draft = {
    ...emptyDraft('Blue is the finest colour', 'en'),
    ratingLabel: 'A matter of taste',
    ratingValue: 'not-checkable' as const,
    summary: 'This is for everybody to say.',
  }
  expect(problemsOfVerdict(draft, new Set()).map(({ path }) => path)).toContain('notCheckable')
  expect(problemsOfVerdict({ ...draft, notCheckable: 'It is an opinion.' }, new Set())).toEqual([])
})

test('no part of the code is about what somebody thinks, feels or belongs to', () => {
  const viewpoint =
    /(sentiments?|ideolog(y|ies|ical)|viewpoints?|partisan(ship)?|polit(ics|ical)|leanings?|stances?|loyalt(y|ies)|religions?)/
  const words = (text: string) =>
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  const files = sourceFiles('src').filter(
    ({ path }) => /\.(ts|sql|svelte)$/.test(path) && !/\.test\.ts$/.test(path),
  )
  const found = files.flatMap(({ path, text }) =>
    words(`${path} ${withoutTexts(text)}`).flatMap((word) =>
      new RegExp(`^${viewpoint.source}$`).test(word) ? [`${path}: ${word}`] : [],
    ),
  )
  expect(files.length).toBeGreaterThan(300)
  expect(found).toEqual([])
})

/** Comments, and what is compared with people's own words. */
function withoutTexts(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|--.*|<!--[\s\S]*?-->|'[^'\n]*'|`[^`]*`/g, ' ')
}
