/**
 * Every feature that the ranker sees, in the order of a row, each with what it says and how the rank may move with it
 * (confidence is bound so by what `standingTable` adds, not by these).
 * None of them knows who said, sent or asked anything, and none is about opinion: they compare two texts.
 */

/** `rises`: the rank may only rise with it; `falls`: only fall; `free`: training decides. */
export type Direction = 'rises' | 'falls' | 'free'

/** "Mass" is the sum of the rarity weights (idf) of distinct terms; "relative" is against the best candidate of the list. */
export const featureTable = [
  ['wordsRelative', 'rises', 'score of the words channel, relative'],
  ['wordsAbsolute', 'free', 'score of the words channel per mass of the message'],
  [
    'wordsMargin',
    'rises',
    'how far its words score is above the best of another claim, as a share of the best',
  ],
  ['wordsDeviation', 'free', 'its words score in standard deviations above the mean of the list'],
  ['wordsRank', 'free', 'one over its place by the words channel'],
  ['claimRelative', 'rises', 'score of the claim field, relative'],
  ['titleRelative', 'rises', 'score of the title, relative'],
  ['summaryRelative', 'rises', 'score of the summary, relative'],
  ['bodyRelative', 'rises', 'score of the body, relative'],
  ['gramsRelative', 'rises', 'score of the letters channel, relative'],
  ['gramsAbsolute', 'free', 'score of the letters channel per mass of the message'],
  [
    'gramsMargin',
    'rises',
    'how far its letters score is above the best of another claim, as a share of the best',
  ],
  ['gramsRank', 'free', 'one over its place by the letters channel'],
  ['links', 'rises', 'score of the links channel'],
  ['near', 'rises', 'near-duplicate score'],
  ['messageCovered', 'free', 'share of the mass of the known message that the review has in any field'],
  ['messageCoveredByClaim', 'free', 'the same for the claim'],
  ['messageCoveredByTitle', 'free', 'the same for the title'],
  ['messageCoveredBySummary', 'free', 'the same for the summary'],
  ['messageCoveredByBody', 'free', 'the same for the body'],
  ['claimCovered', 'rises', 'share of the mass of the claim that the message has'],
  ['titleCovered', 'rises', 'share of the mass of the title that the message has'],
  ['summaryCovered', 'free', 'share of the mass of the summary that the message has'],
  [
    'coveredBothWays',
    'free',
    'harmonic mean of message covered by claim or title and that field covered by the message',
  ],
  ['evidence', 'free', 'logarithm of the shared mass'],
  ['sharedTerms', 'free', 'number of shared terms that are not bare stop words, logarithm'],
  [
    'rarestShared',
    'rises',
    'weight of the rarest shared term against the rarest that is known of the message',
  ],
  [
    'rareAgreement',
    'rises',
    'mass of the three rarest shared terms against the three rarest known of the message',
  ],
  [
    'namesShared',
    'rises',
    'share of the mass of the names of the message that the review has; -1 when it names none',
  ],
  [
    'claimNamesCovered',
    'rises',
    'share of the mass of the names of the claim that the message has; -1 when it names none',
  ],
  ['claimNamesMissing', 'falls', 'mass of the names of the claim that the message lacks, in rarest terms'],
  [
    'claimRarestMissing',
    'free',
    'weight of the rarest term of the claim that the message lacks, against the rarest that the message knows',
  ],
  ['titleRarestMissing', 'free', 'the same for the title'],
  [
    'messageRarestMissing',
    'free',
    'weight of the rarest known term of the message that the review lacks, against the rarest known',
  ],
  ['claimMissing', 'free', 'mass of the claim that the message lacks, logarithm'],
  ['numbersShared', 'free', 'how many different numbers message and review share'],
  [
    'claimNumbersCovered',
    'free',
    'share of the numbers of the claim that the message has; -1 when it has none',
  ],
  [
    'messageNumbersCovered',
    'free',
    'share of the numbers of the message that the review has; -1 when it has none',
  ],
  ['run', 'rises', 'longest run of terms of claim or title that stands in the message, logarithm'],
  ['runShare', 'rises', 'mass of that run against the mass of its field'],
  [
    'ordered',
    'rises',
    'share of neighbours of claim or title that follow each other within four terms in the message',
  ],
  [
    'window',
    'rises',
    'most mass of the claim or title found in one stretch of the message twice as long, as a share',
  ],
  ['messageLength', 'free', 'terms of the message, logarithm'],
  ['messageUnknown', 'free', 'share of the mass of the message that no review has'],
  ['claimLength', 'free', 'terms of the claim, logarithm'],
  ['reviewLength', 'free', 'terms of claim, title and summary, logarithm'],
  ['bodyLength', 'free', 'terms of the body, logarithm'],
  ['copies', 'free', 'how many candidates have the very same claim, logarithm'],
  ['copiesBefore', 'free', 'how many of them stand before it by the words channel, logarithm'],
  ['passageWords', 'rises', 'its words score in its best passage, relative there'],
  ['passageGrams', 'rises', 'the same for letters'],
  ['passageClaim', 'rises', 'the same for the claim'],
  ['passageNear', 'rises', 'near-duplicate score of its best passage'],
  ['days', 'free', 'days between message and review, logarithm; -1 when one carries no date'],
  [
    'before',
    'free',
    '1 when the review is older than the message by more than a day, -1 when younger, 0 unknown',
  ],
  ['language', 'free', '1 same language, -1 another, 0 unknown'],
  ['negation', 'free', '1 when only the claim denies, -1 when only the message does, 0 when both or neither'],
] as const satisfies readonly (readonly [string, Direction, string])[]

export type FeatureName = (typeof featureTable)[number][0]

export const featureNames: readonly FeatureName[] = featureTable.map(([name]) => name)

/** Column of each feature in a row. */
export const column = Object.fromEntries(featureNames.map((name, at) => [name, at])) as Record<
  FeatureName,
  number
>

/** What the confidence of a ranked candidate is judged by beside its row: known only once the list is ranked. */
export const standingTable = [
  ['rankScore', 'rises', 'what the ranker says of it'],
  ['rankMargin', 'rises', 'how far that is above the best other that is another claim; negative below it'],
  ['numbersDiffer', 'falls', '1 when message and claim say different numbers of the same thing'],
  ['namesDiffer', 'falls', '1 when they name someone or something else at the same place'],
  ['negationDiffers', 'falls', '1 when only one of them denies it'],
  ['sameText', 'rises', '1 when the message is the claim over again, or quotes it whole'],
  ['pool', 'free', 'number of reviews that were searched, in half powers of ten'],
  [
    'claimPlain',
    'rises',
    'share of the mass of the words of the claim that are no names which the message has',
  ],
  ['titlePlain', 'rises', 'the same for the title; -1 when it has none'],
  [
    'messagePlain',
    'free',
    'share of the mass of the words of the message that are no names which the review has; -1 when it has none',
  ],
  ['plainShared', 'rises', 'how many different ones message and claim or title share, logarithm'],
  [
    'contentCovered',
    'rises',
    'share of the words of the claim that say something which the message has, counted alike',
  ],
] as const satisfies readonly (readonly [string, Direction, string])[]

export const confidenceNames: readonly string[] = [...featureNames, ...standingTable.map(([name]) => name)]
