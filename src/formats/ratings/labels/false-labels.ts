/** What publishers call mostly false and false. Special words are those of the publisher named beside. */
import type { LabelTable } from './label-table.ts'

export const mostlyFalseLabels: LabelTable = {
  en: `mostly false | mostly incorrect | mostly inaccurate | mostly wrong | largely false | largely incorrect | barely true |
    rather false | substantially false | mostlyfalse | barelytrue | three pinocchios | 3 pinocchios`, // PolitiFact, 20 Minutes, Washington Post
  es: 'mayormente falso | mayormente falsa | mayormente incorrecto | en gran parte falso | casi falso | mayoritariamente falso',
  pt: 'maioritariamente falso | majoritariamente falso | em grande parte falso | quase falso | praticamente errado',
  fr: 'plutôt faux | presque faux | majoritairement faux | globalement faux | largement faux | en grande partie faux',
  de: 'größtenteils falsch | überwiegend falsch | weitgehend falsch | eher falsch | hauptsächlich falsch | fast falsch', // Correctiv
  it: 'pinocchio andante | per lo più falso | prevalentemente falso | quasi falso | in gran parte falso', // Pagella Politica
  nl: 'grotendeels onwaar | merendeels onwaar | grotendeels fout | grotendeels onjuist | grotendeels vals',
  ca: 'majoritàriament fals',
  pl: 'w większości fałsz | raczej fałsz',
  cs: 'převážně nepravda',
  sk: 'prevažne nepravda',
  sv: 'mestadels falskt | till största delen falskt | övervägande falskt',
  no: 'stort sett feil | hovedsakelig feil | faktisk stort sett feil',
  da: 'overvejende falsk | overvejende falskt | overvejende forkert',
  fi: 'enimmäkseen väärin | pääosin väärä',
  et: 'pigem vale',
  lv: 'drīzāk nepatiesi',
  ro: 'preponderent fals | în mare parte fals | majoritar fals',
  hu: 'többnyire hamis | nagyrészt hamis',
  el: 'κυρίως ψευδές | σχεδόν ψευδές',
  sr: 'uglavnom neistina | uglavnom netačno | uglavnom netočno | skoro neistina',
  ru: 'по большей части неправда | большей частью неправда | скорее неправда | в основном неправда | преимущественно неправда',
  uk: 'переважно неправда | скоріше неправда | здебільшого неправда',
  tr: 'büyük ölçüde yanlış | çoğunlukla yanlış | büyük oranda yanlış',
  ar: 'خاطئ في معظمه | زائف في معظمه | غير صحيح في معظمه | زائف غالبا | خطأ في معظمه',
  fa: 'بیشتر نادرست | عمدتا نادرست',
  he: 'לא נכון ברובו | רובו לא נכון | שגוי ברובו',
  hi: 'ज़्यादातर झूठ | ज्यादातर झूठ | ज्यादातर गलत | अधिकतर गलत | अधिकांश गलत',
  bn: 'বেশিরভাগ মিথ্যা | অধিকাংশ মিথ্যা',
  ta: 'பெரும்பாலும் தவறு',
  te: 'చాలావరకు తప్పు',
  id: 'sebagian besar salah',
  vi: 'phần lớn sai',
  'zh-Hant': '大致錯誤 | 大部分錯誤 | 大部分不實 | 基本不實',
  'zh-Hans': '大致错误 | 大部分错误 | 大部分不实 | 基本不实',
  ja: 'ほぼ誤り',
  ko: '대체로 사실 아님 | 대체로 거짓 | 대부분 거짓 | 대체로 사실이 아님', // SNU FactCheck
}

export const falseLabels: LabelTable = {
  en: `false | fake | wrong | incorrect | inaccurate | not true | untrue | not correct | not accurate | not real | not a fact | no truth |
    pants on fire | pants fire | pantsonfire | lie | lies | hoax | fabricated | fabrication | fabricated content | made up | invented |
    fictitious | fiction | bogus | phony | debunked | busted | myth | scam | fraud | fake news | false news | false claim | rumor | rumour |
    four pinocchios | 4 pinocchios | bottomless pinocchio | misinformation | disinformation | impostor | imposter | imposter content |
    impostor content | fake quote | false information | no basis in fact`, // PolitiFact, Snopes, Washington Post, Cofacts (RUMOR)
  es: `falso | falsa | falsos | falsas | es falso | es falsa | bulo | bulos | mentira | es mentira | incorrecto | incorrecta | inexacto |
    erróneo | errónea | no es cierto | no es verdad | no es verdadero | no es correcto | desinformación | noticia falsa | inventado |
    inventada | fraude | timo | estafa | engaño | suplantación`, // Newtral, Maldita
  pt: `falso | falsa | falsos | falsas | mentira | errado | errada | incorreto | incorreta | boato | é falso | é falsa | é mentira |
    não é verdade | não é verdadeiro | não é fato | inventado | pimenta na língua | desinformação | farsa | golpe | notícia falsa`, // Lupa, Boatos, Polígrafo
  fr: `faux | fausse | fausses | c’est faux | infox | intox | incorrect | incorrecte | inexact | inexacte | mensonge | mensonger |
    mensongère | erroné | erronée | canular | rumeur | désinformation | pas vrai | ce n’est pas vrai | inventé | inventée |
    fausse information | fausse citation | arnaque`, // AFP, 20 Minutes
  de: `falsch | unwahr | frei erfunden | erfunden | stimmt nicht | nicht wahr | nicht richtig | nicht korrekt | unzutreffend |
    unrichtig | falschmeldung | falschbehauptung | falsche Behauptung | fälschung | gefälscht | lüge | betrug | schwindel`, // Correctiv, dpa
  it: `falso | falsa | falsi | bufala | panzana pazzesca | notizia falsa | errato | errata | scorretto | scorretta | sbagliato |
    inventato | inventata | truffa | non è vero | è falso | disinformazione`, // Pagella Politica, Facta
  nl: 'onwaar | vals | fout | onjuist | nep | niet waar | klopt niet | nepnieuws | verzonnen | niet juist | onwaarheid | incorrect',
  ca: 'fals | falsa | és fals | mentida | incorrecte | no és cert',
  eu: 'faltsua | gezurra | gezurrezkoa',
  pl: 'fałsz | fałszywe | fałszywa | nieprawda | nieprawdziwe | dezinformacja | zmyślone | kłamstwo | to nieprawda',
  cs: 'nepravda | lež | nepravdivé | podvod | dezinformace | není pravda',
  sk: 'nepravdivé | lož | dezinformácia | podvod | nie je to pravda',
  sv: 'falskt | falsk | fel | osant | stämmer inte | bluff | fejk | lögn | inte sant', // Källkritikbyrån
  no: 'feil | helt feil | faktisk helt feil | usant | ikke sant | faktisk feil', // Faktisk
  da: 'forkert | usandt | usand | ikke sandt | løgn | svindel', // TjekDet
  fi: 'väärä | väärin | valhetta | ei pidä paikkaansa | epätosi | huijaus | ei totta | valhe',
  is: 'rangt | ósatt',
  et: 'vale | väär | valeuudis | libauudis | vale info',
  lv: 'meli | nepatiesi | nepatiess | nepatiesa | nav taisnība | nav patiesība | viltus', // Re:Baltica
  lt: 'melas | netiesa | melaginga | neteisinga', // Delfi
  ro: 'neadevărat | neadevărată | minciună | falsă | greșit',
  hu: 'hamis | nem igaz | álhír | valótlan | kacsa | hazugság',
  el: 'ψευδές | ψέμα | ψευδής | λάθος | ανακριβές | ψεύτικο | απάτη | δεν ισχύει | ψευδή',
  bg: 'невярно | лъжа | фалшиво | неистина | фалшива новина | не е вярно',
  sr: `neistina | laž | lažno | netačno | netočno | neistinito | lažna vijest | lažna vest | dezinformacija | kratke noge |
    nije tačno | nije točno | neistinita | неистина | лажно | нетачно`, // Istinomer, Raskrinkavanje, Faktograf
  sl: 'neresnično | neresnica | laž | ni res | ne drži',
  mk: 'невистина | лага | неточно',
  sq: 'e pavërtetë | gënjeshtër | e rreme | e gabuar | jo e vërtetë | i rremë | mashtrim', // Kallxo
  ru: 'ложь | неправда | фейк | неверно | ложно | недостоверно | выдумка | дезинформация | обман | это неправда | не правда', // Provereno
  uk: 'неправдиво | брехня | недостовірно | вигадка | дезінформація | фальшивка | невірно | не відповідає дійсності', // VoxCheck, StopFake
  ka: 'მცდარი | ყალბი | ტყუილი | სიცრუე',
  hy: 'սուտ | կեղծ | սխալ',
  tr: 'yanlış | sahte | asılsız | uydurma | yalan | doğru değil', // Teyit
  az: 'yalan | saxta | yanlış',
  ar: `زائف | زائفة | خاطئ | خاطئة | خطأ | كاذب | كاذبة | غير صحيح | غير صحيحة | مزيف | مزيفة | كذب | مفبرك | مفبركة | ملفق | ملفقة |
    غير حقيقي | غير حقيقية | غير دقيق | إشاعة | شائعة | وهمي | احتيال | لا صحة له | لا أساس له من الصحة | خبر كاذب | خبر زائف | ليس صحيحا`, // Fatabyyano, Misbar
  fa: 'نادرست | شاخدار | دروغ | جعلی | غلط | کذب | صحت ندارد', // Factnameh
  he: 'לא נכון | שקר | שקרי | שגוי | פייק | כוזב | לא נכונה | לא אמיתי | מזויף',
  ur: 'غلط | جھوٹ | جعلی | جھوٹا | بے بنیاد خبر',
  hi: 'झूठ | झूठा | झूठी | गलत | ग़लत | असत्य | फ़र्ज़ी | फर्जी | फेक | झूठी खबर | फेक न्यूज़ | सच नहीं | गलत दावा', // Boom, Vishvas News
  bn: 'মিথ্যা | ভুয়া | অসত্য | ভুল | গুজব | ফেক | মিথ্যে | ভুয়ো',
  ta: 'தவறு | பொய் | தவறான தகவல் | பொய்யான செய்தி | தவறானது | பொய்யானது | போலி | வதந்தி',
  te: 'తప్పు | అబద్ధం | ఫేక్ | తప్పుడు | అసత్యం | అవాస్తవం',
  mr: 'खोटे | खोटा | खोटी | चुकीचे | चुकीचा | फेक | असत्य | खोटं',
  gu: 'ખોટું | અસત્ય | ખોટો | ખોટી | ફેક | જૂઠ',
  kn: 'ಸುಳ್ಳು | ನಕಲಿ | ತಪ್ಪು',
  ml: 'തെറ്റ് | വ്യാജം | തെറ്റായത് | വ്യാജ വാർത്ത | അസത്യം',
  pa: 'ਝੂਠ | ਗਲਤ | ਫਰਜ਼ੀ | ਝੂਠਾ',
  ne: 'झुटो | मिथ्या | गलत',
  si: 'අසත්‍යය | අසත්‍ය | බොරු | ව්‍යාජ',
  or: 'ମିଥ୍ୟା | ଭୁଲ',
  as: 'মিছা | ভুৱা',
  my: 'မှား | မမှန် | အတု | သတင်းတု | မမှန်ကန် | သတင်းမှား',
  km: 'មិនពិត | ក្លែងក្លាយ | មិនត្រឹមត្រូវ',
  id: `salah | hoaks | palsu | tidak benar | keliru | disinformasi | misinformasi | penipuan | konten palsu | konten tiruan |
    konten fabrikasi | bohong | berita palsu | berita bohong | tidak tepat`, // Mafindo (TurnBackHoax)
  ms: 'palsu | tidak betul | tidak sahih | penipuan',
  tl: 'hindi totoo | mali | peke | huwad | kasinungalingan | pekeng balita | walang katotohanan | di totoo', // VERA Files, Rappler
  th: 'เท็จ | ปลอม | ข่าวปลอม | ไม่จริง | เป็นเท็จ | ไม่เป็นความจริง | ข้อมูลเท็จ',
  vi: 'sai | sai sự thật | giả | giả mạo | tin giả | bịa đặt | không đúng | không đúng sự thật | không chính xác',
  'zh-Hant': `錯誤 | 假 | 虛假 | 不實 | 不實訊息 | 不實資訊 | 假訊息 | 假消息 | 謠言 | 謠傳 | 含有不實訊息 | 假的 | 捏造 | 詐騙 | 失實 | 非事實 |
    錯誤訊息 | 並非事實 | 虛構`, // Taiwan FactCheck Center, MyGoPen
  'zh-Hans': '错误 | 虚假 | 不实 | 谣言 | 假消息 | 失实 | 假的 | 不属实 | 诈骗 | 虚构 | 不实信息',
  ja: '誤り | 虚偽 | 偽 | デマ | フェイク | 嘘 | 偽情報 | うそ | 事実無根', // Japan Fact-check Center
  ko: '거짓 | 허위 | 전혀 사실 아님 | 사실 아님 | 가짜 | 가짜뉴스 | 사실이 아님 | 사실무근 | 전혀 사실이 아님', // SNU FactCheck
  sw: 'si kweli | uongo | sio kweli | feki | si ukweli | bandia | habari feki | uwongo', // PesaCheck
  ha: 'karya | ƙarya | karya ne',
  yo: 'iró | irọ́',
  am: 'ሐሰት | ሀሰት | ውሸት',
  so: 'been abuur | been ah',
}
