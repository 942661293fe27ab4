/** Phone numbers: with a country's prefix anywhere, without one where the country is known or the words around say so. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Finding } from '#domain/redaction.ts'

/** 7 to 15 digits with the separators of phone numbers; E.164 allows no more. */
const runs =
  /(?<![\p{L}\p{N}_.,/:%$€£¥#-])(?:\+\s?|00)?(?:\(\d{1,5}\)|\d)(?:[ ./-]{0,2}(?:\(\d{1,5}\)|\d)){5,17}(?![\d%]|[.,:/]\d|\s?(?:%|°))/gu

/** Just before a number, these say that somebody can be called there. */
const cue =
  /(?<![a-zA-ZÀ-ÿ])(?:call|calls|phone|tel|telephone|mobile|cell|whats\s?app|wa\.me|sms|text (?:me|us)|contact|dial|hotline|number is|my number|llam\w*|tel[eé]fono|m[oó]vil|celular|cont[aá]ct\w*|mi n[uú]mero|n[uú]mero|ligue|ligar|telefone|telem[oó]vel|appel\w*|t[eé]l[eé]phone|portable|num[eé]ro|ruf\w*|anruf\w*|telefon\w*|handy|nummer|اتصل|اتصلوا|هاتف|تلفون|جوال|موبايل|واتساب|واتس|رقم|رقمي|للتواصل|電話|电话|手機|手机|致電|致电|聯絡|联系|來電|打給|打给|撥打|звон\w*|позвон\w*|телефон\w*|тел|номер\w*|फ़ोन|फोन|मोबाइल|कॉल|नंबर|व्हाट्सएप|संपर्क|telpon|hubungi|nomor|ara\w*|numara\w*|simu|piga)[^\d\n]{0,24}$/iu
/** Just after a number, these say that it counts or dates something. */
const counted =
  /^\s?(?:people|persons|deaths?|cases|votes?|dollars?|euros?|pounds?|usd|eur|gbp|inr|rs|km|kg|tons?|tonnes?|mm|years?|million|billion|thousand|personas|muertos|casos|votos|d[oó]lares|pesos|millones|pessoas|mortes|reais|milh\w+|personnes|morts|voix|Menschen|Stimmen|Tote|Millionen|شخص|حالة|دولار|ريال|جنيه|ناخب|صوت|مليون|人|例|元|票|美元|萬|万|億|公里|человек|рублей|голос\w*|случа\w*|लोग|रुपये|रुपए|मामले|वोट|orang|rupiah|kişi|lira|oy|watu)/iu
const currencyBefore =
  /(?:[$€£¥₹₽₺]|法|(?<!\p{L})(?:usd|eur|rs\.?|inr|us\$|nt\$|hk\$|r\$|no\.|nr\.|#|isbn[\s:-]*|issn[\s:-]*|doi[\s:-]*|pmid[\s:-]*|case|order|flight|section|law|article|act|ley|art[ií]culo|decreto|lei|gesetz|قانون|رقم القانون|закон\w*))\s?$/iu

/** The number inside a house, behind that of the house. */
const extension =
  /^,?\s?(?:ext(?:ension|ensión)?|int(?:erno)?|poste|ramal|доб|分機|分机|内线|内線|داخلي|تحويلة)\.?\s?\d{1,6}(?!\d)/iu

export function findPhones(text: string, countries: string[]): Finding[] {
  const homes = countries.filter((country) => isSupportedCountry(country)) as CountryCode[]
  const findings: Finding[] = []
  for (const { 0: whole, index } of text.matchAll(runs)) {
    const written = whole.replace(/[ ./-]+$/, '')
    const before = text.slice(Math.max(0, index - 40), index)
    const after = text.slice(index + written.length, index + written.length + 16)
    if (isPhone(written, before, after, homes)) {
      const end = index + written.length
      const inside = extension.exec(text.slice(end, end + 24))?.[0].length ?? 0
      findings.push({ kind: 'phone', start: index, end: end + inside })
    }
  }
  return findings
}

function isPhone(written: string, before: string, after: string, homes: CountryCode[]): boolean {
  const digits = written.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 17) return false
  if (/^\+/.test(written)) return parsePhoneNumberFromString(written)?.isPossible() ?? false
  if (counted.test(after) || currencyBefore.test(before)) return false
  const called = cue.test(before)
  if (/^00/.test(written) && digits.length >= 10) {
    return parsePhoneNumberFromString(`+${digits.slice(2)}`)?.isPossible() ?? called
  }
  if (isDateOrRange(written)) return false
  if (called) return digits.length <= 15 && !/^(?:19|20)\d\d(?:\D+(?:19|20)\d\d)*$/.test(written)
  if (isGrouped(written)) return false
  return homes.some(
    (home) => looksLocal(written, digits) && (parsePhoneNumberFromString(written, home)?.isValid() ?? false),
  )
}

/** Dates, years and spans of years in any order of their parts. */
function isDateOrRange(written: string): boolean {
  return (
    /^(?:19|20)\d\d[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])/.test(written) ||
    /^(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|[12]\d|3[01])[-/. ](?:19|20)\d\d/.test(written) ||
    /^(?:(?:1[0-9]|20)\d\d[ -/]{1,3}){1,3}(?:1[0-9]|20)\d\d$/.test(written) ||
    /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}|\d{2}|-\d{1,2})?$/.test(written)
  )
}

/** 1 234 567 and 1.234.567: thousands. */
function isGrouped(written: string): boolean {
  return /^[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})*$/.test(written)
}

/** A leading zero, brackets or several groups: how numbers to call are written, and counts are not. */
function looksLocal(written: string, digits: string): boolean {
  return (
    /^\(?0/.test(written) || /[()]/.test(written) || /\d[ .-]\d+[ .-]\d/.test(written) || digits.length >= 9
  )
}
