/** What a sender can choose from: languages that messages are often in, and every country and region. */

export const messageLanguages =
  'am ar bn de en es fa fr ha he hi id it ja ko ms my ne nl pl ps pt ro ru si so sw ta te th tl tr uk ur vi yo zh'.split(
    ' ',
  )

/** ISO 3166-1 alpha-2. */
export const countries = (
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN ' +
  'CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID ' +
  'IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM ' +
  'MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD ' +
  'SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ' +
  'ZA ZM ZW'
).split(' ')

/** Codes with their names, in the order of the names. */
export function named(codes: string[], type: 'region' | 'language', language: string): [string, string][] {
  const names = new Intl.DisplayNames(language, { type })
  const order = new Intl.Collator(language)
  return codes
    .map((code): [string, string] => [code, names.of(code) ?? code])
    .sort(([, one], [, other]) => order.compare(one, other))
}
