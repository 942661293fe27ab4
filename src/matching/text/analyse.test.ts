import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { termFlags } from '../candidates.ts'
import { Analyser } from './analyse.ts'
import { languageOf } from './language.ts'
import { invisibleRuns } from './letters.ts'
import { wordLettersMax } from './normalise.ts'
import { stemmedLanguages } from './stem.ts'
import { Terms } from './terms.ts'

const { NAME, NEGATION, PART, STOP } = termFlags

function read(text: string, lang: string | null = languageOf(text)): Terms {
  const terms = new Terms()
  new Analyser().analyse(text, lang, terms)
  return terms
}

/** Hashes of the terms; `all`: with the readings beside the first. */
function termsOf(text: string, lang?: string | null, all = false): string[] {
  const terms = read(text, lang)
  return Array.from({ length: terms.count }, (_, at) => at)
    .filter((at) => all || (terms.flags[at]! & PART) === 0)
    .map((at) => `${terms.low[at]} ${terms.high[at]}`)
}

function flagsOf(text: string, lang: string): number[] {
  const terms = read(text, lang)
  return Array.from(terms.flags.subarray(0, terms.count))
}

const same: [string, string, string | null][] = [
  ['va\u200bcc\u200cine c\u2060ures', 'vaccine cures', 'en'],
  ['vac\u00adcine', 'vaccine', 'en'],
  ['cafe\u0301', 'café', 'fr'],
  ['café', 'cafe', 'en'],
  ['ＶＡＣＣＩＮＥ', 'vaccine', 'en'],
  ['vаccіne', 'vaccine', 'en'],
  ['𝐯𝐚𝐜𝐜𝐢𝐧𝐞', 'vaccine', 'en'],
  ['ⓥⓐⓒⓒⓘⓝⓔ', 'vaccine', 'en'],
  ['hello\u{e0069}\u{e0067}\u{e006e}', 'hello', 'en'],
  ['a\ufe00\ufe00\ufe00', 'a', 'en'],
  ['\u{1f600}\u{e0105}\u{e0153}', '', 'en'],
  ['Ź\u0316\u0488\u0301\u0488', 'z', 'pl'],
  ['\u3164\u115f\u2800\u00a0', '', 'ko'],
  ['verdict: \u202eeslaf\u202c', 'verdict eslaf', 'en'],
  ['true\u2066 // not \u2069false', 'true not false', 'en'],
  ['abc\u2067\u2067\u2067', 'abc', 'en'],
  ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '', 'en'],
  ['می‌خواهم', 'میخواهم', 'fa'],
  ['ISTANBUL', 'istanbul', 'en'],
  ['\ufff9a\ufffab\ufffb', 'ab', 'en'],
  ['ـالـلقـاح', 'اللقاح', 'ar'],
  ['اللُّقَاح', 'اللقاح', 'ar'],
  ['क़ानून', 'कानून', 'hi'],
  ['हिन्दी', 'हिंदी', 'hi'],
  ['ਮੋਦੀ ਗਾਂਧੀ ਪ੍ਰਧਾਨਮੰਤਰੀ', 'मोदी गांधी प्रधानमंत्री', 'hi'],
  ['মমতা', 'ममता', 'bn'],
  ['ગાંધી', 'गांधी', 'gu'],
  ['疫苗會殺死人', '疫苗会杀死人', 'zh'],
  ['為什麼', '为什么', 'zh'],
  ['sooo', 'so', 'en'],
  ['pleeease', 'please', 'en'],
  ['v4cc1ne', 'vaccine', 'en'],
  ['cri$i$is', 'crisisis', 'en'],
  ['v@ccine', 'vaccine', 'en'],
  ['V.A.C.C.I.N.E', 'vaccine', 'en'],
  ['#StopTheSteal', 'stop the steal', 'en'],
  ['@NBCNews', 'NBC News', 'en'],
  ["don't", 'do not', 'en'],
  ["l'eau d'Espagne", 'eau Espagne', 'fr'],
  ['three seconds', '3 seconds', 'en'],
  ['two million people', '2 million people', 'en'],
  ['ten percent of us', '10% of us', 'en'],
  ['10 per cent', '10%', 'en'],
  ['el diez por ciento', 'el 10 %', 'es'],
  ['vier Tage', '4 Tage', 'de'],
  ['dos días', '2 días', 'es'],
  ['две недели', '2 недели', 'ru'],
  ['ثلاث ساعات', '3 ساعات', 'ar'],
  ['तीन दिन', '3 दिन', 'hi'],
]

describe('a text is read', () => {
  test.each(same)('%j as %j', (one, other, lang) => {
    expect(termsOf(one, lang)).toEqual(termsOf(other, lang))
  })

  test('with a stretched or masked word found as it was written too', () => {
    const cool = termsOf('cool', 'en')[0]
    expect(termsOf('cooool', 'en', true)).toContain(cool)
    expect(termsOf('c0vid', 'en', true)).toEqual(expect.arrayContaining(termsOf('covid', 'en')))
    expect(termsOf('joe@example.org', 'en')).toEqual(termsOf('joe example org', 'en'))
    for (const plain of ['h1n1', 'mp3', 'www', 'III', 'b12', '3f5a9bc2d1'])
      expect(termsOf(plain, 'en', true), plain).toHaveLength(1)
  })

  test('with each word in the language of its script', () => {
    expect(flagsOf('यह vaccine the best है', 'hi').map((flags) => (flags & STOP) !== 0)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ])
    expect(termsOf('यह vaccines', 'hi')).toContain(termsOf('vaccine', 'en')[0])
    expect(termsOf('the вакцины', 'en')).toContain(termsOf('вакцина', 'ru')[0])
  })

  test('with both halves of a Persian word joined without a space', () => {
    expect(termsOf('می‌خواهم', 'fa', true)).toEqual(expect.arrayContaining(termsOf('می خواهم', 'fa')))
  })

  test('with names marked, and negations in many languages', () => {
    expect(flagsOf('today France wins', 'en').map((flags) => flags & NAME)).toEqual([0, NAME, 0])
    expect(
      flagsOf('TODAY FRANCE WINS THE GREAT GOLDEN WORLD TROPHY', 'en').some((flags) => (flags & NAME) !== 0),
    ).toBe(false)
    for (const [word, lang] of [
      ['not', 'en'],
      ['kein', 'de'],
      ['jamás', 'es'],
      ['não', 'pt'],
      ['नहीं', 'hi'],
      ['ليس', 'ar'],
      ['не', 'ru'],
    ] as const)
      expect(flagsOf(word, lang)[0]! & NEGATION, word).toBe(NEGATION)
  })

  test('with endings off in at least fifteen languages', () => {
    expect(stemmedLanguages.length).toBeGreaterThanOrEqual(15)
    const pairs: [string, string, string][] = [
      ['en', 'vaccines', 'vaccine'],
      ['es', 'vacunas', 'vacuna'],
      ['pt', 'vacinas', 'vacina'],
      ['fr', 'vaccins', 'vaccin'],
      ['de', 'impfungen', 'impfung'],
      ['it', 'vaccini', 'vaccino'],
      ['nl', 'vaccins', 'vaccin'],
      ['sv', 'vaccinerna', 'vaccin'],
      ['da', 'vaccinerne', 'vaccine'],
      ['no', 'vaksinene', 'vaksine'],
      ['fi', 'rokotteet', 'rokote'],
      ['hu', 'oltások', 'oltás'],
      ['ro', 'vaccinurile', 'vaccinuri'],
      ['ru', 'вакцины', 'вакцина'],
      ['tr', 'aşılar', 'aşı'],
      ['ar', 'والكتاب', 'الكتاب'],
      ['ca', 'vacunes', 'vacuna'],
      ['pl', 'szczepionkami', 'szczepionki'],
      ['hi', 'किसानों', 'किसान'],
      ['mr', 'मोदींच्या', 'मोदी'],
    ]
    const joined = pairs.filter(([lang, one, other]) => `${termsOf(one, lang)}` === `${termsOf(other, lang)}`)
    expect(joined.length).toBeGreaterThanOrEqual(15)
  })

  test('to its end, however hostile, with terms that never outgrow it', () => {
    const unit = 25_000
    const hostile = [
      'a',
      '@',
      ' ',
      '\n',
      '<a ',
      '+1',
      'a@',
      '-',
      '\u0301',
      '2026-01-',
      'http://a?&a=',
      'a.',
      '.',
    ]
    hostile.push(
      'a$',
      'a@b.',
      '萬',
      '一',
      '百分之',
      '\u200c',
      'ﷺ',
      '\u{1d41a}',
      '\ud83d',
      "'",
      "n't",
      '1,',
      'ﬁ',
      '०',
    )
    for (const piece of hostile) {
      const text = piece.repeat(unit)
      const { count, letterCount } = read(text, 'en')
      expect(count, piece).toBeLessThanOrEqual(text.length)
      expect(letterCount, piece).toBeLessThanOrEqual(text.length * 3)
    }
  })

  test('without more of a word of 50,000 letters than its beginning', () => {
    const { count, letterCount } = read('ab'.repeat(25_000), 'en')
    expect(count).toBe(1)
    expect(letterCount).toBeLessThanOrEqual(wordLettersMax + 1)
    expect(termsOf('ab'.repeat(25_000), 'en')).toEqual(termsOf('ab'.repeat(30_000), 'en'))
  })
})

interface HostileCase {
  id: string
  text: string
  equalsForSearch?: string
}
const vectors = '../shared/vectors/hostile'

describe.skipIf(!existsSync(vectors))('the shared hostile texts', () => {
  test('are read as the plain text that they hide', () => {
    const cases: HostileCase[] = JSON.parse(readFileSync(`${vectors}/unicode/cases.json`, 'utf8'))
    for (const { id, text, equalsForSearch } of cases) {
      if (equalsForSearch !== undefined)
        expect(termsOf(text, 'en'), id).toEqual(termsOf(equalsForSearch, 'en'))
      expect(termsOf(text, 'en'), id).toEqual(termsOf(text.replace(invisibleRuns, ''), 'en'))
    }
  })

  test('made to blow up a pattern are read to their end', () => {
    const cases: { len: number; b64gz: string }[] = JSON.parse(readFileSync(`${vectors}/redos.json`, 'utf8'))
    for (const { len, b64gz } of cases) {
      const text = gunzipSync(Buffer.from(b64gz, 'base64')).toString('utf8')
      expect(text).toHaveLength(len)
      expect(read(text).count).toBeLessThanOrEqual(len)
    }
  })
})
