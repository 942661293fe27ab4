/**
 * Words that a language cannot do without and that say nothing alone. They are indexed like all others (their rarity
 * keeps them quiet); the mark tells explanations and features not to count them.
 */

const lists: Readonly<Record<string, string>> = {
  ar: 'في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم كان كانت يكون ان أن إن انه أنه قد كل بعد قبل بين او أو ثم كما حتى لكن و ما لا لم لن هل أي عند حيث منذ خلال ضد',
  bn: 'এই ও এবং যে তা তার তিনি সে করে করা হয় হয়েছে থেকে জন্য একটি এক কি না নয় সঙ্গে এর কে আর বলে দিয়ে হবে ছিল আমি আপনি তাদের যা কোন কোনো পর মধ্যে',
  ca: 'de la el els les un una i a en per que amb no del al dels es ha han és son com més aquest aquesta o si se ho',
  cs: 'a v ve na se si je jsou byl byla bylo to že s z ze do i o k ke pro jako za by po od ale tak co jak nebo už jen aby když které který která',
  da: 'og i at det er en et den til på de som med af for ikke der var fra har kan om han hun vi du jeg men så sig ved også efter ud',
  de: 'der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei mit nach von vom vor zu zum zur für über unter durch gegen ohne um ist sind war waren wird werden wurde wurden hat haben hatte sein ihr sie er es wir ich du nicht auch als wie so dass daß wenn noch nur man sich diese dieser dieses was wer bis mehr schon kann',
  el: 'ο η το οι τα του της των τον την και να με για από σε στο στη στην στον που είναι θα δεν ότι ως ή ένα μια αυτό μας σας τους αλλά κατά',
  en: 'a an the and or but if of to in on at by for from with without about as into over after before between through is are was were be been being am do does did has have had having will would shall should can could may might must this that these those it its he she they them their his her we us our you your i me my who whom whose which what when where why how not no nor so than then there here all any both each few more most other some such only own same too very just now also up out off down again further once because while during against under until s t',
  es: 'de la el los las un una unos unas y e o u en a al del que por para con sin no se su sus es son fue era ser ha han hay lo le les me te nos como más pero si sí ya muy este esta estos estas ese esa eso esto cuando donde quien sobre entre hasta desde también porque todo todos',
  fa: 'و در به از که این آن را با است برای یک بر تا هم می های ها شد شده بود باشد خود یا اما او ما شما اگر نیز هر کرد کرده دارد نمی',
  fi: 'ja on ei se että oli ole hän kun mutta myös niin tai kuin joka ovat jos mitä vain nyt sen sitä tämä ne en hänen mukaan',
  fr: 'de la le les un une des du et ou en à au aux dans par pour sur avec sans que qui ne pas plus se ce cet cette ces son sa ses il elle ils elles on nous vous je tu est sont été était être a ont avait il y comme mais si leur leurs lui tout tous fait d l s n c qu j m t',
  gu: 'છે અને આ તે એક માટે પર થી કે ન ના ની નું ને માં કરી હતી હતો તો પણ જે',
  he: 'של את על הוא היא זה לא עם כי אם גם או כל יש אין אני הם מה רק אל בין היה הייתה אבל כמו עד',
  hi: 'के का की को में है हैं से और ने पर यह इस वह उस एक कि भी ही तो था थे थी हो कर करने किया गया रहा रहे रही लिए साथ अपने जो या तक बाद नहीं कोई ये वे उन इन हुआ हुए हुई जा दिया सब कुछ मैं हम आप',
  hu: 'a az és hogy nem is egy ez de meg volt van csak már mint még ha ki be el fel le azt ezt vagy aki ami mert után',
  id: 'yang dan di ke dari ini itu untuk dengan pada adalah dalam tidak akan oleh juga sebagai ada atau karena bisa telah sudah saat seorang para saya kami kita anda mereka dia ia jika agar lebih bagi tersebut',
  it: 'di a da in con su per tra fra il lo la i gli le un uno una e o ma che non si è sono era ha hanno del della dei delle degli al alla ai alle nel nella dal dalla sul sulla come più anche se questo questa questi quello chi cui ci io tu noi voi loro suo sua essere',
  ml: 'ഈ ഒരു എന്ന ആണ് എന്ന് ഇത് അത് നിന്ന് കൂടി വരെ എന്നാൽ ഇല്ല',
  mr: 'आहे आणि या ते हे तो ती की व एक च ला ने मध्ये साठी होते होता होती नाही करून केली केले केला आहेत त्या त्यांच्या मी तर पण असे',
  ms: 'yang dan di ke dari ini itu untuk dengan pada adalah dalam tidak akan oleh juga sebagai ada atau kerana boleh telah sudah saya kami kita anda mereka dia ia jika agar lebih bagi tersebut',
  nl: 'de het een en of in op aan van voor met naar door bij uit over om te is zijn was waren wordt worden werd heeft hebben had dat die dit deze er niet ook als maar dan nog wel wat wie hoe ik je jij hij ze we wij u hun geen zo al tot meer kan',
  no: 'og i å det er en et den til på de som med av for ikke der var fra har kan om han hun vi du jeg men så seg ved også etter ut',
  pa: 'ਦੇ ਦਾ ਦੀ ਨੂੰ ਵਿੱਚ ਵਿਚ ਹੈ ਹਨ ਤੋਂ ਅਤੇ ਨੇ ਤੇ ਇਹ ਇਸ ਉਹ ਇੱਕ ਕਿ ਵੀ ਹੀ ਨਾਲ ਲਈ ਸੀ ਜੋ ਕਰ ਗਿਆ ਰਹੇ',
  pl: 'i w we na z ze do od o u po za dla przez przy pod nad bez się nie to że jest są był była było być jak co czy a ale lub oraz już tylko ten ta te tego tej tych który która które którzy go jego jej ich ma może tak jako',
  pt: 'de a o as os um uma uns umas e ou em no na nos nas do da dos das ao à aos às por pelo pela para com sem que não se seu sua seus suas é são foi era ser tem têm há lhe me nos como mais mas já muito este esta isso isto esse essa quando onde quem sobre entre até também porque todo todos ele ela eles',
  ro: 'de la în și si a al ale o un una cu pe din că ca nu este sunt a fost fi pentru prin sau dar mai se care ce după fără lui ei',
  ru: 'и в во не на я он она они мы вы что с со как это а то все его но да к у же за бы по только ее её было от о из ему для при или если их быть был была были до также этот эта эти который которые',
  sv: 'och i att det är en ett den till på de som med av för inte där var från har kan om han hon vi du jag men så sig vid också efter ut',
  ta: 'ஒரு என்று இந்த அந்த மற்றும் என இது அது உள்ள என்ற தான் இல்லை ஆகும் போது வரை பற்றி',
  te: 'ఈ ఆ ఒక మరియు ఉంది అని ఇది అది లో కు నుండి కి',
  tr: 've bir bu da de için ile çok o ne daha gibi kadar sonra olarak olan ama değil mi mı ki en her şey ya var yok ise veya',
  uk: 'і в у не на що з як це та до за його але від по для при або вони ми ви він вона було був були також цей ця ці який які',
  ur: 'کے کا کی کو میں ہے ہیں سے اور نے پر یہ اس وہ ایک کہ بھی ہی تو تھا تھے تھی ہو کر کیا گیا رہا رہے لئے لیے ساتھ اپنے جو یا تک بعد نہیں کوئی',
}

const sets = new Map(Object.entries(lists).map(([lang, words]) => [lang, new Set(words.split(' '))]))
const none: ReadonlySet<string> = new Set()

/** The stop words of a language in lower case, accents kept; empty for a language without a list. */
export function stopWordsOf(lang: string | null): ReadonlySet<string> {
  return (lang !== null && sets.get(lang)) || none
}
