/** What publishers call true without its context, and what they call misleading. */
import type { LabelTable } from './label-table.ts'

export const missingContextLabels: LabelTable = {
  en: `missing context | lacks context | lacking context | needs context | needs more context | lack of context | without context |
    no context | out of context | taken out of context | context missing | context needed | context is missing | true but |
    correct but | decontextualised | decontextualized | cherry picking | cherry picked | incomplete | omits context`, // Science Feedback
  es: `falta contexto | falta de contexto | sin contexto | fuera de contexto | sacado de contexto | descontextualizado |
    descontextualizada | necesita contexto | verdadero pero | cierto pero | le falta contexto | incompleto`, // Chequeado, La Silla Vacía
  pt: `falta contexto | falta de contexto | sem contexto | fora de contexto | fora do contexto | descontextualizado |
    descontextualizada | tirado de contexto | verdadeiro, mas | verdadeiro mas | certo mas | precisa de contexto`, // Lupa, Pública, Polígrafo
  fr: `manque de contexte | hors contexte | sorti de son contexte | sorti du contexte | contexte manquant | décontextualisé |
    décontextualisée | vrai, mais | oui, mais | sans contexte | il manque du contexte | incomplet`,
  de: `fehlender Kontext | Kontext fehlt | ohne Kontext | aus dem Kontext gerissen | aus dem Zusammenhang gerissen |
    fehlender Zusammenhang | unvollständig`, // Correctiv
  it: 'fuori contesto | contesto mancante | manca il contesto | manca contesto | decontestualizzato | senza contesto | notizia fuori contesto', // Facta
  nl: 'mist context | ontbrekende context | context ontbreekt | uit de context | uit context | uit zijn context | zonder context',
  ca: 'falta context | fora de context | descontextualitzat | sense context',
  pl: 'brak kontekstu | wyrwane z kontekstu | bez kontekstu',
  cs: 'chybí kontext | vytrženo z kontextu | bez kontextu',
  sk: 'chýba kontext | vytrhnuté z kontextu',
  sv: 'saknar kontext | saknar sammanhang | ryckt ur sitt sammanhang | utan kontext',
  no: 'mangler kontekst | manglende kontekst | ute av kontekst | tatt ut av kontekst',
  da: 'mangler sammenhæng | manglende sammenhæng | ude af kontekst | taget ud af kontekst | manglende kontekst', // TjekDet
  fi: 'konteksti puuttuu | irti kontekstista | puutteellinen konteksti',
  et: 'kontekst puudu | kontekst puudub | kontekstist väljas',
  lv: 'trūkst konteksta | izrauts no konteksta | bez konteksta', // Re:Baltica
  lt: 'trūksta konteksto | išimta iš konteksto', // Delfi
  ro: 'lipsit de context | lipsă context | lipsește contextul | scos din context | trunchiat', // Factual
  hu: 'hiányzó kontextus | hiányzó szövegkörnyezet',
  el: 'ελλιπές πλαίσιο | εκτός πλαισίου | λείπει το πλαίσιο',
  bg: 'липсва контекст | извадено от контекст',
  sr: 'van konteksta | izvan konteksta | izvučeno iz konteksta | nedostaje kontekst | bez konteksta',
  sl: 'iztrgano iz konteksta | manjka kontekst',
  sq: 'jashtë kontekstit | mungon konteksti | mungesë konteksti',
  ru: 'нет контекста | вне контекста | вырвано из контекста | не хватает контекста | без контекста',
  uk: 'вирвано з контексту | поза контекстом | бракує контексту | без контексту', // VoxCheck
  tr: 'eksik bağlam | bağlamından koparılmış | bağlam dışı | bağlamdan koparılmış',
  ar: 'ناقص السياق | خارج السياق | سياق ناقص | ينقصه السياق | مجتزأ | سياق مفقود | خارج سياقه | بدون سياق | محتوى مجتزأ',
  fa: 'فاقد زمینه | خارج از زمینه',
  he: 'חסר הקשר | מחוץ להקשר | הוצא מהקשרו | הוצא מהקשר',
  hi: 'संदर्भ का अभाव | संदर्भ की कमी | अधूरा संदर्भ | बिना संदर्भ | संदर्भ से बाहर | अधूरा सच',
  bn: 'প্রসঙ্গহীন | প্রসঙ্গ বিহীন | প্রেক্ষাপট বিহীন',
  id: 'kurang konteks | butuh konteks | perlu konteks | tanpa konteks | di luar konteks | konteks hilang | konteks yang hilang | hilang konteks',
  ms: 'tiada konteks | kurang konteks',
  tl: 'kulang sa konteksto | kailangan ng konteksto | walang konteksto',
  th: 'ขาดบริบท | ไม่มีบริบท',
  vi: 'thiếu ngữ cảnh | thiếu bối cảnh',
  'zh-Hant': '缺乏脈絡 | 缺少脈絡 | 脈絡不足 | 事實釐清 | 斷章取義 | 缺乏背景 | 缺少背景', // Taiwan FactCheck Center
  'zh-Hans': '缺少上下文 | 缺乏背景 | 断章取义 | 缺少背景',
  ko: '맥락 부족 | 맥락 누락',
  ja: '文脈の欠如 | 文脈不足',
  sw: 'inakosa muktadha | haina muktadha',
}

export const misleadingLabels: LabelTable = {
  en: `misleading | misleads | misleading content | misleading claim | misleading title | misleading headline | deceptive | deceiving |
    distorted | distortion | distorts the facts | spin | spins the facts | miscaptioned | misattributed | misrepresented | misrepresentation |
    false context | wrong context | false connection | flawed reasoning | clickbait | manipulative | misinterpreted | twisted`, // Snopes, FactCheck.org, First Draft
  es: `engañoso | engañosa | engañosos | engañosas | es engañoso | tergiversado | tergiversada | distorsionado |
    contexto falso | contexto erróneo | titular engañoso`, // Newtral, Chequeado, Maldita
  pt: `enganoso | enganosa | enganador | enganadora | distorcido | distorcida | é enganoso | não é bem assim | contexto errado |
    falso contexto`, // Aos Fatos, Comprova, Observador
  fr: 'trompeur | trompeuse | trompeurs | trompeuses | c’est trompeur | détourné | détournée | faux contexte | contexte erroné | mauvais contexte',
  de: 'irreführend | in die Irre führend | falscher Kontext | falscher Zusammenhang | verzerrt | verzerrend | täuschend',
  it: 'fuorviante | ingannevole | distorto | falso contesto | contesto errato | titolo fuorviante',
  nl: 'misleidend | verkeerde context | foute context',
  ca: 'enganyós | enganyosa',
  eu: 'engainagarria',
  pl: 'manipulacja | wprowadza w błąd | mylące | wprowadzające w błąd | manipulacyjne', // Demagog
  cs: 'zavádějící | manipulace | zavádzanie', // Demagog.cz
  sk: 'zavádzajúce | zavádza | manipulácia', // Demagog.sk
  sv: 'vilseledande | missvisande | fel sammanhang',
  no: 'villedende | misvisende',
  da: 'vildledende | forkert kontekst',
  fi: 'harhaanjohtava | harhaanjohtavaa | väärä konteksti',
  et: 'eksitav',
  lv: 'maldinoši | maldinošs | maldinoša',
  lt: 'klaidinanti | klaidina | klaidinantis | klaidinanti informacija | manipuliacija',
  ro: 'înșelător | înșelătoare | induce în eroare | manipulare | dezinformare prin context',
  hu: 'félrevezető | megtévesztő | csúsztatás',
  el: 'παραπλανητικό | παραπλάνηση | παραπλανητικά',
  bg: 'подвеждащо | подвеждаща | заблуждаващо',
  sr: 'obmanjujuće | zavaravajuće | manipulisanje činjenicama | manipulacija | manipulacija činjenicama | spin | zavarava', // Raskrinkavanje
  sl: 'zavajajoče | zavajanje',
  mk: 'манипулација | заведувачко',
  sq: 'çorientuese | mashtruese | keqinformim',
  ru: 'вводит в заблуждение | введение в заблуждение | манипуляция | искажение | вводящее в заблуждение', // Provereno
  uk: 'маніпуляція | маніпулятивно | вводить в оману | оманливо | перекручування', // VoxCheck, StopFake
  ka: 'მანიპულაცია | შეცდომაში შემყვანი',
  hy: 'մանիպուլյացիա | ապակողմնորոշող',
  tr: 'yanıltıcı | çarpıtma | çarpıtılmış | yanlış ilişkilendirme',
  ar: 'مضلل | مضللة | تضليل | عنوان مضلل | محتوى مضلل | خبر مضلل',
  fa: 'گمراه کننده | گمراه‌کننده', // Factnameh
  he: 'מטעה | מטעים',
  ur: 'گمراہ کن',
  hi: 'भ्रामक | गुमराह करने वाला | गुमराह करने वाली | भ्रामक दावा',
  bn: 'বিভ্রান্তিকর | বিভ্রান্তিমূলক',
  ta: 'தவறாக வழிநடத்தும் | திசைதிருப்பும் | தவறாக வழிநடத்துகிறது | திரிக்கப்பட்டது',
  te: 'తప్పుదోవ పట్టించేది | తప్పుదారి పట్టించేది | తప్పుదోవ పట్టించే',
  mr: 'दिशाभूल करणारे | दिशाभूल करणारा | दिशाभूल करणारी | दिशाभूल',
  gu: 'ભ્રામક | ગેરમાર્ગે દોરનારું',
  kn: 'ದಾರಿತಪ್ಪಿಸುವ | ತಪ್ಪುದಾರಿಗೆಳೆಯುವ',
  ml: 'തെറ്റിദ്ധരിപ്പിക്കുന്നത് | തെറ്റിദ്ധാരണാജനകം',
  pa: 'ਗੁੰਮਰਾਹਕੁੰਨ | ਗੁੰਮਰਾਹ ਕਰਨ ਵਾਲਾ',
  ne: 'भ्रमपूर्ण | भ्रामक',
  si: 'නොමඟ යවනසුලු | නොමඟ යවන',
  my: 'အထင်မှားစေသော | လွဲမှားစေသော | အထင်အမြင်လွဲမှား',
  km: 'បំភាន់',
  id: `menyesatkan | konten yang menyesatkan | konten menyesatkan | konteks salah | konteks yang salah | konteks yang keliru |
    koneksi salah | koneksi yang salah | judul menyesatkan`, // Mafindo
  ms: 'mengelirukan | menyesatkan',
  tl: 'nakaliligaw | mapanlinlang | nakakalito | nakalilinlang', // VERA Files, Rappler
  th: 'บิดเบือน | ทำให้เข้าใจผิด | ชวนเข้าใจผิด | ข่าวบิดเบือน | อาจทำให้เข้าใจผิด',
  vi: 'gây hiểu lầm | sai lệch | gây hiểu nhầm | gây nhầm lẫn',
  'zh-Hant': '易生誤解 | 誤導 | 誤導性 | 具誤導性 | 易誤導 | 誤解 | 移花接木 | 張冠李戴', // MyGoPen
  'zh-Hans': '误导 | 误导性 | 引人误解 | 张冠李戴 | 移花接木',
  ja: 'ミスリード | ミスリーディング | 誤解を招く', // Japan Fact-check Center
  ko: '오해의 소지 | 오해 소지 있음 | 오도',
  sw: 'inapotosha | kupotosha | ya kupotosha | inapotosha ukweli', // PesaCheck
}
