/** Digits and separators of every script as ASCII, place by place, so that findings point into the text as written. */

/** First digit of each run of ten: Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Thai, full width. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xe50, 0xff10]

const digitOf = new Map(
  zeros.flatMap((zero) => Array.from({ length: 10 }, (_, value) => [zero + value, `${value}`] as const)),
)
const separatorOf = new Map([
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2212', '-'],
  ['\uff0d', '-'],
  ['\uff0b', '+'],
  ['\uff08', '('],
  ['\uff09', ')'],
  ['\u00a0', ' '],
  ['\u2009', ' '],
  ['\u202f', ' '],
  ['\u3000', ' '],
])

/** As many UTF-16 code units as before. */
export function plainDigits(text: string): string {
  return text.replace(
    /[\u00a0\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0be6-\u0bef\u0c66-\u0c6f\u0e50-\u0e59\u2009-\u2013\u202f\u2212\u3000\uff08-\uff0d\uff10-\uff19]/g,
    (letter) => digitOf.get(letter.charCodeAt(0)) ?? separatorOf.get(letter) ?? letter,
  )
}
