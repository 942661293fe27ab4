/** The picture that stands beside a shared link: claim, finding, who says so. An SVG, drawn by sharp. */
import sharp from 'sharp'
import type { RatingValue } from '#domain/rating.ts'
import { escapeXml } from '#formats/feeds/format-feeds.ts'
import type { OwnReview } from '#io/database/publications/own-reviews.ts'

/** What platforms show without cutting. */
const size = { width: 1_200, height: 630 }

/** Pictures in memory; each has about 40 kB. */
const keptMax = 200
const kept = new Map<string, Promise<Uint8Array>>()

/** PNG. Drawn once for each version of a review. */
export function drawSharePicture(review: OwnReview): Promise<Uint8Array> {
  const key = `${review.id} ${review.publications[0]!.version}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const drawn = sharp(Buffer.from(pictureOf(review)))
    .png()
    .toBuffer()
    .then((bytes) => new Uint8Array(bytes))
  kept.set(key, drawn)
  drawn.catch(() => kept.delete(key))
  if (kept.size > keptMax) kept.delete(kept.keys().next().value!)
  return drawn
}

const tones: Record<RatingValue, string> = {
  true: '#1d6b3c',
  'mostly-true': '#1d6b3c',
  mixed: '#855400',
  'missing-context': '#855400',
  misleading: '#855400',
  'mostly-false': '#a32a1e',
  false: '#a32a1e',
  altered: '#a32a1e',
  satire: '#56524a',
  unproven: '#56524a',
  'not-checkable': '#56524a',
}

const muted = '#5e5a52'
/** Left free at both sides. */
const edgeWidth = 72
const lineWidth = size.width - 2 * edgeWidth

/** The SVG by itself. What a withdrawn review found is struck out, on grey. */
function pictureOf({ document, withdrawal }: OwnReview): string {
  const claim = document?.claim ?? ''
  const isRightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(claim)
  const place = `x="${isRightToLeft ? size.width - edgeWidth : edgeWidth}" ${isRightToLeft ? 'direction="rtl"' : ''}`
  const { lines, fontSize } = fitted(claim)
  const text = lines
    .map((line, at) => `<tspan ${place} dy="${at === 0 ? 0 : fontSize * 1.3}">${escapeXml(line)}</tspan>`)
    .join('')
  const isStanding = withdrawal === null
  const words = document?.rating.words ?? ''
  const wordsSize = widthOf(words, 58) <= lineWidth ? 58 : 42
  const finding =
    document === null
      ? ''
      : `<rect x="0" y="448" width="${size.width}" height="182" fill="${isStanding ? tones[document.rating.value] : muted}"/>
         <text ${place} y="530" font-size="${wordsSize}" font-weight="700" fill="#ffffff"${isStanding ? '' : ' text-decoration="line-through"'}>${escapeXml(cut(words, wordsSize))}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="Noto Sans, Noto Sans Arabic, Noto Sans CJK TC, Noto Sans Devanagari, DejaVu Sans, sans-serif">
    <rect width="100%" height="100%" fill="#fbfaf6"/>
    <text ${place} y="130" font-size="${fontSize}" fill="#1f1d1a">${text}</text>
    ${finding}
    <text ${place} y="592" font-size="30" fill="${finding === '' ? muted : '#ffffff'}">${escapeXml(cut(document?.organisation.name ?? '', 30))}</text>
  </svg>`
}

/** The claim in large letters on four lines, else in smaller ones on five. */
function fitted(claim: string): { lines: string[]; fontSize: number } {
  const large = linesOf(claim, 54)
  if (large.length <= 4) return { lines: large, fontSize: 54 }
  const [small, linesMax] = [linesOf(claim, 44), 5]
  const lines = small.slice(0, linesMax)
  if (small.length > linesMax) lines[linesMax - 1] += ' …'
  return { lines, fontSize: 44 }
}

/** SVG does not wrap. A word that is longer than a line is broken; no line begins with what closes a sentence. */
function linesOf(text: string, fontSize: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text)) {
    if (line !== '' && widthOf(line + piece.trimEnd(), fontSize) > lineWidth) {
      lines.push(line.trim())
      line = ''
    }
    for (const letter of piece) {
      if (widthOf(line + letter, fontSize) > lineWidth && letter.trim() !== '') {
        lines.push(line.trim())
        line = ''
      }
      line += letter
    }
  }
  lines.push(line.trim())
  return lines
}

/** Words, each with the punctuation that follows it. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (/^[\p{Pe}\p{Pf}\p{Po}\s]+$/u.test(segment) && pieces.length > 0) pieces[pieces.length - 1] += segment
    else pieces.push(segment)
  }
  return pieces
}

/** Of letters as wide as the widest font of the list has them, bold too: what is drawn is never wider. */
function widthOf(text: string, fontSize: number): number {
  let width = 0
  for (const letter of text) width += emOf(letter)
  return width * fontSize
}

function emOf(letter: string): number {
  if (/\p{M}/u.test(letter)) return 0
  if (
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u.test(
      letter,
    )
  )
    return 1
  if (/[mwMW@%…—]/.test(letter)) return 1
  if (/[\sijlI.,:;|!'’/()[\]-]/.test(letter)) return 0.4
  return /\p{Lu}/u.test(letter) ? 0.76 : 0.62
}

function cut(text: string, fontSize: number): string {
  if (widthOf(text, fontSize) <= lineWidth) return text
  let line = ''
  for (const letter of text) {
    if (widthOf(`${line}${letter}…`, fontSize) > lineWidth) break
    line += letter
  }
  return `${line.trimEnd()}…`
}
