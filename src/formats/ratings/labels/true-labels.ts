/** What publishers call true, mostly true, and true in part. Special words are those of the publisher named beside. */
import type { LabelTable } from './label-table.ts'

export const trueLabels: LabelTable = {
  en: `true | correct | accurate | right | verified | verified true | true claim | fact | factual | confirmed |
    legit | legitimate | authentic | real | genuine | credible | correct attribution | geppetto checkmark`, // Snopes, Washington Post
  'zh-cofacts': 'NOT_RUMOR', // Cofacts: holds correct information
  es: `verdadero | verdadera | verdaderos | verdaderas | cierto | cierta | ciertos | correcto | correcta | verdad |
    verídico | verídica | es verdad | es cierto | es verdadero | confirmado | auténtico`,
  pt: 'verdadeiro | verdadeira | fato | facto | correto | correta | certo | verdade | é verdade | é verdadeiro | confirmado | comprovado', // Comprova, G1
  fr: 'vrai | vraie | correct | exact | exacte | vérifié | véridique | authentique | c’est vrai',
  de: 'wahr | richtig | stimmt | korrekt | zutreffend | bestätigt | echt',
  it: 'vero | vera | notizia vera | corretto | corretta | verificato',
  nl: 'waar | juist | klopt | correct',
  ca: 'veritat | cert | certa | és cert | verídic',
  eu: 'egia | egiazkoa',
  pl: 'prawda | prawdziwe | prawdziwa', // Demagog
  cs: 'pravda | pravdivé',
  sv: 'sant | korrekt | stämmer',
  no: 'helt sant | faktisk helt sant | faktisk sant | riktig', // Faktisk
  da: 'sand | sandt | rigtigt | korrekt',
  fi: 'totta | oikein | tosi',
  is: 'rétt | satt',
  et: 'tõsi | tõene | õige',
  lv: 'patiesība | patiesi | patiess | taisnība',
  lt: 'tiesa | teisinga',
  ro: 'adevărat | adevărată',
  hu: 'igaz | valós',
  el: 'αληθές | αληθινό | αλήθεια | αληθής',
  bg: 'вярно | истина | достоверно',
  sr: 'istina | istinito | tačno | točno | tačna | točna | istinita | истина | истинито | тачно', // also hr, bs
  sl: 'resnično | resnica | drži',
  mk: 'вистина | точно | вистинито',
  sq: 'e vërtetë | vërtetë | i vërtetë | e saktë',
  ru: 'правда | верно | достоверно | правдиво | подтверждено',
  uk: 'правдиво | вірно | достовірно | це правда',
  ka: 'სიმართლე | მართალია',
  hy: 'ճիշտ | ճշմարիտ',
  tr: 'doğru | gerçek | doğrulandı', // Teyit, Doğruluk Payı
  az: 'doğrudur | həqiqət',
  ar: 'صحيح | صحيحة | حقيقي | حقيقية | حقيقة | صادق | صادقة | خبر صحيح | مؤكد', // Fatabyyano, Misbar
  fa: 'درست | حقیقت | صحت دارد', // Factnameh
  he: 'נכון | אמת | אמיתי | נכונה',
  ur: 'سچ | درست | حقیقت | سچا',
  hi: 'सच | सत्य | सही | सच है | सच्चा | सच्ची',
  bn: 'সত্য | সঠিক | সত্যি | সত্য খবর',
  ta: 'உண்மை | உண்மையானது | சரியானது | உண்மைச் செய்தி',
  te: 'నిజం | నిజమైనది | వాస్తవం | సరైనది',
  mr: 'खरे | खरं | खरी | खरा',
  gu: 'સાચું | સત્ય | સાચો | સાચી',
  kn: 'ನಿಜ | ಸತ್ಯ | ಸರಿ',
  ml: 'സത്യം | ശരി | വാസ്തവം',
  pa: 'ਸੱਚ | ਸਹੀ | ਸੱਚਾ',
  ne: 'साँचो | ठिक | सही हो',
  si: 'සත්‍යය | සත්‍ය | ඇත්ත',
  or: 'ସତ୍ୟ | ଠିକ୍',
  as: 'সঁচা | সত্য',
  id: 'benar | fakta | asli | terbukti benar | valid',
  ms: 'sahih | tepat | betul',
  tl: 'totoo | tama | tunay',
  th: 'จริง | ข่าวจริง | เป็นความจริง | ถูกต้อง',
  vi: 'đúng | đúng sự thật | thật | sự thật | chính xác',
  my: 'မှန်ကန် | မှန် | အမှန်',
  km: 'ពិត | ត្រឹមត្រូវ',
  'zh-Hant': '正確 | 真實 | 屬實 | 事實 | 真 | 確有其事 | 含有正確訊息 | 正確訊息 | 真的',
  'zh-Hans': '正确 | 真实 | 属实 | 事实 | 确有其事',
  ja: '正しい | 真実 | 本当',
  ko: '사실 | 진실 | 참 | 사실임 | 맞음',
  sw: 'kweli | ni kweli | ukweli | sahihi', // PesaCheck
  ha: 'gaskiya | gaskiya ne',
  am: 'እውነት',
  af: 'waarheid',
}

export const mostlyTrueLabels: LabelTable = {
  en: `mostly true | mostly correct | mostly accurate | mostly right | largely true | largely correct | largely accurate |
    rather true | nearly true | almost true | broadly true | broadly correct | broadly accurate | generally true |
    substantially true | basically true | mostlytrue | one pinocchio | 1 pinocchio`, // PolitiFact, Washington Post
  es: `mayormente verdadero | mayormente verdadera | mayormente cierto | mayormente correcto | casi verdadero | casi cierto |
    en gran parte verdadero | en gran parte cierto | verdadero en su mayor parte | mayoritariamente cierto`,
  pt: 'praticamente certo | maioritariamente verdadeiro | majoritariamente verdadeiro | quase verdadeiro | em grande parte verdadeiro', // Observador
  fr: `plutôt vrai | presque vrai | globalement vrai | majoritairement vrai | à peu près vrai | vrai dans l’ensemble |
    en grande partie vrai | quasiment vrai`,
  de: `größtenteils richtig | größtenteils wahr | überwiegend richtig | überwiegend wahr | weitgehend richtig |
    weitgehend wahr | eher richtig | eher wahr | fast richtig | im Wesentlichen richtig`, // Correctiv
  it: 'c’eri quasi | quasi vero | per lo più vero | prevalentemente vero | in gran parte vero | sostanzialmente vero', // Pagella Politica
  nl: 'grotendeels waar | merendeels waar | grotendeels juist | grotendeels correct',
  ca: 'majoritàriament cert | gairebé cert',
  pl: 'w większości prawda | raczej prawda | prawie prawda',
  cs: 'převážně pravda | skoro pravda',
  sk: 'prevažne pravda',
  sv: 'mestadels sant | till största delen sant | övervägande sant | i huvudsak sant',
  no: 'stort sett sant | hovedsakelig sant | faktisk stort sett sant',
  da: 'overvejende sandt | overvejende sand | overvejende rigtigt | for det meste sandt',
  fi: 'enimmäkseen totta | pääosin totta | melkein totta',
  et: 'pigem tõsi',
  lv: 'drīzāk patiesi',
  ro: 'preponderent adevărat | în mare parte adevărat | majoritar adevărat',
  hu: 'többnyire igaz | nagyrészt igaz',
  el: 'κυρίως αληθές | σχεδόν αληθές',
  sr: 'skoro istina | uglavnom istina | uglavnom tačno | uglavnom točno | uglavnom istinito', // Istinomer
  ru: 'по большей части правда | большей частью правда | скорее правда | преимущественно правда | почти правда | в основном правда',
  uk: 'переважно правда | скоріше правда | здебільшого правда | майже правда',
  tr: 'büyük ölçüde doğru | çoğunlukla doğru | büyük oranda doğru',
  ar: 'صحيح في معظمه | صحيح غالبا | شبه صحيح | صحيح إلى حد كبير | صحيح في الغالب',
  fa: 'عمدتا درست | تقریبا درست | بیشتر درست',
  he: 'נכון ברובו | רובו נכון | נכון בעיקרו',
  hi: 'ज़्यादातर सच | ज्यादातर सच | अधिकतर सच | अधिकांश सच | लगभग सच',
  bn: 'বেশিরভাগ সত্য | অধিকাংশ সত্য | প্রায় সত্য',
  ta: 'பெரும்பாலும் உண்மை',
  te: 'చాలావరకు నిజం',
  id: 'sebagian besar benar | hampir benar',
  tl: 'halos totoo',
  vi: 'phần lớn đúng | gần đúng',
  'zh-Hant': '大致正確 | 大部分正確 | 基本正確 | 大致屬實 | 基本屬實',
  'zh-Hans': '大致正确 | 大部分正确 | 基本属实 | 大致属实',
  ja: 'ほぼ正確 | ほぼ真実', // Japan Fact-check Center
  ko: '대체로 사실 | 대부분 사실 | 대체로 진실', // SNU FactCheck
  sw: 'kweli kwa kiasi kikubwa',
}

export const mixedLabels: LabelTable = {
  en: `mixed | mixture | mixed evidence | half true | half truth | half right | halftrue | partly true | partially true |
    partly false | partially false | partly correct | partially correct | partially accurate | partly accurate | partly right |
    partially right | partially incorrect | partly incorrect | somewhat true | true and false | two pinocchios | 2 pinocchios |
    exaggerated | exaggeration | exaggerates | overstated | understated | imprecise | debatable`, // Africa Check, Science Feedback
  es: `verdad a medias | verdades a medias | media verdad | medias verdades | medio verdadero | mixto | mixta | parcialmente verdadero |
    parcialmente cierto | parcialmente falso | parcialmente falsa | parcialmente correcto | en parte cierto | en parte falso |
    exagerado | exagerada | discutible | debatible | impreciso | imprecisa`, // Newtral, Chequeado, La Silla Vacía
  pt: `misto | meia verdade | meias verdades | parcialmente verdadeiro | parcialmente falso | parcialmente correto | exagerado |
    exagerada | subestimado | discutível | impreciso | esticado | em parte verdadeiro`, // Lupa, Pública, Observador, Polígrafo
  fr: `partiellement vrai | partiellement faux | en partie vrai | en partie faux | à moitié vrai | demi-vérité | mitigé |
    à nuancer | exagéré | exagérée | imprécis | imprécise | partiellement correct | c’est plus compliqué | discutable`,
  de: `teilweise richtig | teilweise wahr | teilweise falsch | teils richtig | teils wahr | teils falsch | halbwahr | halbwahrheit |
    halb wahr | zum Teil falsch | zum Teil richtig | zum Teil wahr | gemischt | übertrieben | ungenau`, // Correctiv
  it: `nì | parzialmente vero | parzialmente falso | in parte vero | in parte falso | mezza verità | misto | esagerato |
    impreciso | imprecisa | notizia imprecisa | vero a metà`, // Pagella Politica, Facta
  nl: `deels waar | gedeeltelijk waar | gedeeltelijk onwaar | deels onwaar | gedeeltelijk vals | half waar | halve waarheid |
    deels juist | overdreven`,
  ca: 'mitja veritat | parcialment cert | parcialment fals | exagerat',
  pl: 'częściowa prawda | częściowo prawda | częściowy fałsz | częściowo fałsz | częściowo prawdziwe | półprawda | przesada',
  cs: 'částečně pravda | částečně nepravda | polopravda | částečná pravda',
  sk: 'čiastočne pravda | čiastočne nepravda | čiastočná pravda',
  sv: 'delvis sant | delvis falskt | delvis fel | blandat | halvsant | halvsanning | överdrivet',
  no: 'faktisk delvis sant | delvis feil | faktisk delvis feil | delvis falskt | halvsannhet', // Faktisk
  da: 'delvist sandt | delvist sand | delvist falsk | delvist falskt | delvist forkert | delvist rigtigt | halv sandhed | overdrevet',
  fi: 'osittain totta | osittain väärin | osittain väärä | puolitotuus | osin totta | 50/50',
  et: 'pooltõde | osaliselt tõsi | osaliselt vale',
  lv: 'puspatiesība | daļēji patiesi | daļēja patiesība | daļēji patiess | daļēji nepatiesi',
  lt: 'iš dalies tiesa | pusiau tiesa | iš dalies melas | iš dalies melaginga',
  ro: 'parțial adevărat | parțial fals | jumătate adevărat',
  hu: 'részben igaz | félig igaz | részben hamis',
  el: 'εν μέρει αληθές | μισή αλήθεια | εν μέρει ψευδές | μερικώς αληθές | μερικώς ψευδές | μεικτό',
  bg: 'полуистина | частично вярно | частично невярно',
  sr: 'poluistina | djelimično tačno | delimično tačno | djelomično točno | djelomično istinito | djelimično istinito | djelimično lažno',
  sl: 'polresnica | pol-resnica | delno resnično',
  mk: 'полувистина | делумно точно',
  sq: 'pjesërisht e vërtetë | gjysmë e vërtetë | pjesërisht e rreme',
  ru: 'полуправда | частично правда | отчасти правда | частично верно | частично неправда | частично ложь | преувеличение',
  uk: 'напівправда | частково правда | частково неправда | частково неправдиво | перебільшення | згущення фарб', // VoxCheck
  tr: 'kısmen doğru | yarı doğru | karma | kısmen yanlış | abartılı | abartma', // Teyit
  ar: `صحيح جزئيا | خاطئ جزئيا | زائف جزئيا | غير صحيح جزئيا | نصف حقيقة | نصف صحيح | جزئيا صحيح | مختلط | مبالغ فيه |
    مبالغة | زائفة جزئيا | صحيحة جزئيا | صحيح جزئي | زائف جزئي`,
  fa: 'نیمه درست | نیمه‌درست | تا حدی درست | نصفه درست', // Factnameh
  he: 'חצי אמת | נכון חלקית | חלקית נכון | חצי נכון',
  ur: 'آدھا سچ | جزوی طور پر درست | جزوی سچ',
  hi: 'आधा सच | आंशिक सच | आंशिक रूप से सच | आधा सही | आंशिक रूप से गलत | आंशिक रूप से सही | अर्धसत्य | अर्ध सत्य | मिश्रित',
  bn: 'আংশিক সত্য | আংশিক মিথ্যা | অর্ধসত্য | মিশ্র',
  ta: 'பாதி உண்மை | பகுதி உண்மை | பகுதியளவு உண்மை',
  te: 'సగం నిజం | పాక్షిక నిజం | పాక్షికంగా నిజం',
  mr: 'अर्धे सत्य | अंशतः खरे | अर्धसत्य',
  gu: 'અર્ધસત્ય | આંશિક સત્ય | અડધું સત્ય',
  kn: 'ಭಾಗಶಃ ನಿಜ | ಅರ್ಧ ಸತ್ಯ',
  ml: 'ഭാഗികമായി ശരി | അർദ്ധസത്യം | പകുതി സത്യം',
  pa: 'ਅੱਧਾ ਸੱਚ | ਅੰਸ਼ਕ ਸੱਚ',
  ne: 'आंशिक सत्य | आधा साँचो',
  id: 'sebagian benar | sebagian salah | campuran | setengah benar | dilebih-lebihkan | berlebihan',
  ms: 'separuh benar | sebahagian benar | sebahagian palsu',
  tl: 'bahagyang totoo | bahagyang tama | halo-halo',
  th: 'จริงบางส่วน | เท็จบางส่วน | จริงครึ่งเดียว | จริงเพียงบางส่วน',
  vi: 'đúng một phần | sai một phần | nửa đúng nửa sai',
  'zh-Hant':
    '部分正確 | 部分錯誤 | 部分屬實 | 部分失實 | 半真半假 | 真假參半 | 一半真一半假 | 誇大 | 部分不實', // Taiwan FactCheck Center
  'zh-Hans': '部分正确 | 部分错误 | 部分属实 | 真假参半 | 夸大 | 部分不实',
  ja: '不正確 | 一部誤り | 一部正確', // Fact-check Initiative Japan: 不正確 has right and wrong parts
  ko: '절반의 사실 | 절반 사실 | 일부 사실 | 부분 사실 | 반은 사실', // SNU FactCheck
  sw: 'nusu ukweli | kweli kwa kiasi | kweli kiasi',
}
