/** Which language a text is in: by script where that decides, by n-grams of letters elsewhere. */
import { likeliestLanguage } from './language-grams.ts'

const byScript: readonly [RegExp, string][] = [
  [/[\u3040-\u30ff]/, 'ja'],
  [/[\uac00-\ud7af]/, 'ko'],
  [/[\u4e00-\u9fff]/, 'zh'],
  [/[\u0e00-\u0e7f]/, 'th'],
  [/[\u0980-\u09ff]/, 'bn'],
  [/[\u0b80-\u0bff]/, 'ta'],
  [/[\u0c00-\u0c7f]/, 'te'],
  [/[\u0d00-\u0d7f]/, 'ml'],
  [/[\u0a00-\u0a7f]/, 'pa'],
  [/[\u0a80-\u0aff]/, 'gu'],
  [/[\u0c80-\u0cff]/, 'kn'],
  [/[\u0370-\u03ff]{3}/, 'el'],
  [/[\u0590-\u05ff]/, 'he'],
  [/[\u0530-\u058f]/, 'hy'],
  [/[\u10a0-\u10ff]/, 'ka'],
]

/** A letter and words that Marathi has and Hindi, in the same script, has not. */
const marathi = /ळ|(?:^|\s)(?:आहे|आहेत|आणि|नाही|झाले|झाली|केले|केली)(?=[\s।.,!?]|$)/

/** As much of a text as its language is read from. */
const lettersMax = 400

/** ISO 639-1 of a language tag, or null. */
export function baseLanguage(tag: string | null): string | null {
  const base = tag === null ? undefined : /^[a-z]{2,3}/i.exec(tag)?.[0].toLowerCase()
  return base ?? null
}

/** Fewer letters are a guess, unless their script decides. */
const sureLettersMin = 24

/** As `languageOf`; null also for a text too short to tell. */
export function sureLanguageOf(text: string): string | null {
  return (
    languageOfScript(text.slice(0, lettersMax)) ?? (text.length < sureLettersMin ? null : languageOf(text))
  )
}

function languageOfScript(head: string): string | null {
  for (const [script, lang] of byScript) if (script.test(head)) return lang
  return null
}

/** ISO 639-1 of the text's main language; null when nothing tells. */
export function languageOf(text: string): string | null {
  const head = text.slice(0, lettersMax)
  const decided = languageOfScript(head)
  if (decided !== null) return decided
  const found = likeliestLanguage(head)
  return found === 'hi' && marathi.test(head) ? 'mr' : found
}
