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

/** The SVG by itself. A withdrawn review shows its claim struck out, and no finding. */
function pictureOf({ document, withdrawal }: OwnReview): string {
  const claim = document?.claim ?? ''
  const isRightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(claim)
  const edge = isRightToLeft ? size.width - 72 : 72
  const place = `x="${edge}" ${isRightToLeft ? 'direction="rtl"' : ''}`
  const lines = linesOf(claim)
  const fontSize = lines.length > 4 ? 44 : 54
  const text = lines
    .map((line, at) => `<tspan ${place} dy="${at === 0 ? 0 : fontSize * 1.3}">${escapeXml(line)}</tspan>`)
    .join('')
  const finding =
    document === null || withdrawal !== null
      ? ''
      : `<rect x="0" y="448" width="${size.width}" height="182" fill="${tones[document.rating.value]}"/>
         <text ${place} y="530" font-size="58" font-weight="700" fill="#ffffff">${escapeXml(cut(document.rating.words, 34))}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="Noto Sans, Noto Sans Arabic, Noto Sans CJK TC, Noto Sans Devanagari, DejaVu Sans, sans-serif">
    <rect width="100%" height="100%" fill="#fbfaf6"/>
    <text ${place} y="130" font-size="${fontSize}" fill="#1f1d1a"${withdrawal === null ? '' : ' text-decoration="line-through"'}>${text}</text>
    ${finding}
    <text ${place} y="592" font-size="30" fill="${finding === '' ? '#5e5a52' : '#ffffff'}">${escapeXml(cut(document?.organisation.name ?? '', 60))}</text>
  </svg>`
}

/** SVG does not wrap. Wide letters count double: a line holds about 40 narrow ones. */
function linesOf(text: string): string[] {
  const lineMax = 40
  const linesMax = 5
  const lines: string[] = []
  let line = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (widthOf(line + segment) > lineMax && line !== '') {
      lines.push(line.trim())
      line = segment.trimStart()
    } else line += segment
  }
  lines.push(line.trim())
  const kept = lines.slice(0, linesMax)
  if (lines.length > linesMax) kept[linesMax - 1] += ' …'
  return kept
}

function widthOf(text: string): number {
  let width = 0
  for (const letter of text)
    width += /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter) ? 2 : 1
  return width
}

function cut(text: string, lengthMax: number): string {
  const letters = [...text]
  return letters.length > lengthMax ? `${letters.slice(0, lengthMax - 1).join('')}…` : text
}
