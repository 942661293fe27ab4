/** Postal addresses, where a street's word and a house number stand together as the language writes them. */
import type { Finding } from '#domain/redaction.ts'

const name = "\\p{Lu}[\\p{L}.'’-]{1,30}"
const names = `${name}(?: (?:de|del|la|las|los|da|do|dos|das|du|des|der|den|of|the|${name})){0,4}`

const shapes: RegExp[] = [
  // 221B Baker Street, Apt 4
  new RegExp(
    `(?<![\\p{L}\\p{N}])\\d{1,5}[A-Za-z]? (?:(?:North|South|East|West|N\\.?|S\\.?|E\\.?|W\\.?) )?${names} (?:Street|St\\.?|Road|Rd\\.?|Avenue|Ave\\.?|Lane|Ln\\.?|Drive|Dr\\.|Boulevard|Blvd\\.?|Court|Ct\\.|Close|Crescent|Terrace|Square|Way|Place|Highway)(?![\\p{L}])(?:,? (?:Apt|Apartment|Flat|Unit|Suite|#)\\.? ?\\w{1,6})?`,
    'gu',
  ),
  // Calle de Alcalá 45, 3º B · Rua Augusta, 1500 · Via Roma 12 · 12 rue de la Paix
  new RegExp(
    `(?<![\\p{L}])(?:(?:[Cc]alle|[Aa]venida|[Aa]vda\\.?|[Aa]v\\.|[Pp]aseo|[Cc]arrera|[Rr]ua|[Tt]ravessa|[Pp]raça|Via|Viale|Piazza|Jalan|Jl\\.) |C/ ?|Cra\\. ?)(?:(?:de|del|la|las|los|da|do|dos|das) ){0,2}(?:${names}|\\d{1,3}),? ?(?:n[.º°o]{1,2} ?|#|No\\. ?)?\\d{1,5}[A-Za-z]?(?:[ ,-]{1,2}\\d{1,3}[ºª°]? ?[A-Z]?(?![\\p{L}\\p{N}]))?`,
    'gu',
  ),
  /(?<![\p{L}\p{N}])\d{1,4}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|impasse|allée|chemin|place|quai) (?:(?:de|du|des|la|le|les|l’|l'|d’|d') ?){0,2}[\p{L}][\p{L}’'-]{1,30}(?: [\p{L}’'-]{2,30}){0,2}/giu,
  // Lindenstraße 12a
  /(?<![\p{L}])\p{Lu}[\p{L}-]{1,30}(?:straße|strasse|str\.|gasse|weg|allee|platz) \d{1,4} ?[a-z]?(?![\p{L}\p{N}])/gu,
  // ул. Ленина, д. 10, кв. 5
  /(?:ул\.|улица|проспект|пр-т|пер\.|переулок|бульвар) ?[\p{L} .-]{2,40},? ?(?:д\.|дом)? ?\d{1,4}(?:,? ?(?:кв\.|корп\.) ?\d{1,4}){0,2}/giu,
  // شارع التحرير رقم 15 · 15 شارع التحرير
  /(?:\d{1,4} )?شارع [\p{L} ]{2,40}?,?،? ?(?:رقم|بناية|عمارة|منزل) ?\d{1,4}(?:،? ?(?:شقة|طابق) ?\d{1,4})?|\d{1,4} شارع \p{L}{2,20}(?: \p{L}{2,20})?/gu,
  // 臺北市信義區松仁路100號5樓 · 北京市朝阳区建国路88号
  /(?:[\p{Script=Han}]{1,4}[市縣县省])?(?:[\p{Script=Han}]{1,4}[區区鄉乡鎮镇市])?[\p{Script=Han}]{1,6}(?:路|街|大道|巷)(?:[一二三四五六七八九十\d]{1,3}段)?(?:\d{1,4}巷)?(?:\d{1,4}弄)?\d{1,5}(?:之\d{1,3})?[號号](?:\d{1,3}[樓楼F](?:之\d{1,2})?)?/gu,
  // मकान नंबर 45, गली नंबर 3
  /(?:मकान|फ्लैट|प्लॉट)(?: नंबर| नं\.?| संख्या)? ?\d{1,5}(?:,? ?(?:गली|सेक्टर|ब्लॉक)(?: नंबर| नं\.?)? ?[\dA-Z]{1,4})?/gu,
  // 12/4 गांधी रोड
  /(?<![\p{L}\p{N}.,])\d{1,4}(?:\/\d{1,4})?,? (?:[\p{L}\p{M}]{2,20} ){1,3}(?:रोड|मार्ग|गली|लेन|स्ट्रीट)(?![\p{L}\p{M}])/gu,
]

export function findAddresses(text: string): Finding[] {
  return shapes.flatMap((shape) =>
    Array.from(text.matchAll(shape), ({ 0: whole, index }) => ({
      kind: 'address' as const,
      start: index,
      end: index + whole.trimEnd().length,
    })),
  )
}
