/** Month names and their usual short forms, without accents, in the languages that fact-checkers publish dates in. */

/** One row a language, twelve months in order, forms of one month separated by `/`. */
const rows = [
  'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec', // en
  'enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre/set octubre noviembre diciembre/dic', // es
  'janeiro fevereiro/fev marco abril maio/mai junho julho agosto setembro outubro/out novembro dezembro/dez', // pt
  'janvier/janv fevrier/fevr mars avril/avr mai juin juillet/juil aout septembre octobre novembre decembre', // fr
  'januar/janner februar marz/maerz april mai juni juli august september oktober/okt november dezember', // de
  'gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre ottobre/ott novembre dicembre', // it
  'januari februari maart/mrt april mei juni juli augustus/aug september oktober november december', // nl
  'stycznia/styczen/sty lutego/luty/lut marca/marzec kwietnia/kwiecien/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpien/sie wrzesnia/wrzesien/wrz pazdziernika/pazdziernik/paz listopada/listopad/lis grudnia/grudzien/gru', // pl
  'januari februari mars april maj juni juli augusti september oktober november december', // sv
  'januar februar mars/marts april mai/maj juni juli august september oktober november desember/december/des', // no, da
  'januari februari maret april mei juni juli agustus/agu/agt september oktober november desember', // id
  'ocak/oca subat/sub mart nisan/nis mayis haziran/haz temmuz/tem agustos eylul/eyl ekim/eki kasim/kas aralik/ara', // tr
  'ledna/leden unora/unor brezna/brezen dubna/duben kvetna/kveten cervna/cerven cervence/cervenec srpna/srpen zari rijna/rijen listopadu prosince/prosinec', // cs
  'ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie', // ro
  'января/янв февраля/фев марта/мар апреля/апр мая июня/июн июля/июл августа/авг сентября/сен октября/окт ноября/ноя декабря/дек', // ru
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня', // uk
  'يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر', // ar
  'जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर', // hi
]

const monthByName: ReadonlyMap<string, number> = new Map(
  rows.flatMap((row) =>
    row.split(' ').flatMap((forms, at) => forms.split('/').map((form) => [plain(form), at + 1] as const)),
  ),
)

/** 1 to 12; null when the word names no month. */
export function monthOf(word: string): number | null {
  return monthByName.get(plain(word)) ?? null
}

/** Lower case; accents are taken off Latin letters and hamza off alef, other scripts stay. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{Mn}+|[\u0654\u0655]/gu, '')
    .normalize('NFC')
}
