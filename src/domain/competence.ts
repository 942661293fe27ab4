/** Who is competent for what is not a claim about facts. The person chooses this door; nothing is sent, nothing is kept. */

export const concerns = ['danger', 'crime', 'private', 'insult', 'opinion'] as const
/** Danger or a crime that happens now; a crime that happened; somebody's private data; an insult; an opinion. */
export type Concern = (typeof concerns)[number]

export interface CompetentBody {
  name: string | null
  phone: string | null
  url: string | null
}

/** By country (ISO 3166-1 alpha-2), then by concern. */
export type CompetenceTable = Record<string, Partial<Record<Concern, CompetentBody[]>>>

/** The number to call in danger, where one number is known for the whole country. An operator's own table comes first. */
const emergencyNumbers: Record<string, string> = {
  '112':
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS NO LI CH UA TR GE IN KZ RU XK ME MK',
  '911': 'US CA MX AR UY EC DO CR PA HN SV PH JO',
  '999': 'GB HK KE MY BD AE BH QA',
  '000': 'AU',
  '111': 'NZ',
  '110': 'JP TW CN BO',
  '190': 'BR',
  '133': 'CL',
  '123': 'CO',
  '122': 'EG',
  '15': 'PK',
  '191': 'TH',
}

export function emergencyNumberOf(country: string): string | null {
  return Object.entries(emergencyNumbers).find(([, codes]) => codes.split(' ').includes(country))?.[0] ?? null
}
