/** An answer in plain lines for a terminal: decision, then every group of reviews with ratings, place and why. */
import type { GroupedAnswer } from '#domain/answer-group.ts'
import type { Decision, WhyKind } from '#domain/message.ts'
import type { Rating, RatingValue } from '#domain/rating.ts'

const openings: Record<Decision, string> = {
  answered: 'ANSWERED: published reviews answer this.',
  related: 'RELATED: nothing answers this, but these are about something near.',
  none: 'NOTHING FOUND: no published review answers this. That says nothing about whether it is true.',
}

const reasons: Record<WhyKind, string> = {
  'near-duplicate': 'nearly the same text',
  link: 'same link',
  words: 'same words',
  names: 'same names',
  numbers: 'same numbers',
  letters: 'like spelling',
  meaning: 'similar meaning, compared by a model',
  crowd: 'one of many nearly equal messages',
  review: 'answered by the same review',
  'negation-differs': 'one says "not"',
  'numbers-differ': 'other numbers',
  'names-differ': 'other names',
  'words-differ': 'other words',
}

const ratingNames: Record<RatingValue, string> = {
  true: 'true',
  'mostly-true': 'mostly true',
  mixed: 'mixed',
  'missing-context': 'missing context',
  misleading: 'misleading',
  'mostly-false': 'mostly false',
  false: 'false',
  altered: 'altered',
  satire: 'satire',
  unproven: 'unproven',
  'not-checkable': 'not checkable',
}

export function formatAnswer(answer: GroupedAnswer): string {
  const groups = answer.groups.map(({ matches, disagree }) => {
    const parts = matches.map((place) => formatMatch(answer.matches[place]!))
    return disagree ? ['  ! The ratings of these disagree:', ...parts].join('\n') : parts.join('\n')
  })
  return printable([openings[answer.decision], ...groups].join('\n\n'))
}

function formatMatch({ confidence, why, claimReview }: GroupedAnswer['matches'][number]): string {
  const { claim, publisher, reviewedAt, lang, url, rating } = claimReview
  const source = [publisher.name, reviewedAt?.slice(0, 10), lang, publisher.sample ? 'sample data' : null]
  const because = why.map(({ kind, terms }) => [reasons[kind], terms.join(', ')].filter(Boolean).join(': '))
  return [
    `  ${formatRating(rating)}`,
    `    ${claim.replaceAll(/\s+/g, ' ')}`,
    `    ${source.filter(Boolean).join(' · ')}`,
    ...(url === null ? [] : [`    ${url}`]),
    `    ${Math.floor(confidence * 100)} % sure${because.length > 0 ? `; ${because.join('; ')}` : ''}`,
  ].join('\n')
}

/** The publisher's words first, then what they come to. */
function formatRating({ words, value }: Rating): string {
  const name = value === null ? null : ratingNames[value]
  if (words === null) return name ?? 'no rating given'
  return name === null || name === words.toLowerCase() ? words : `${words} (${name})`
}

/** What publishers wrote must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (letter) => (letter === '\n' ? '\n' : ' '))
}
