/**
 * What senders and apps put around a rumour, by language. A sentence made of these words alone, one of its `asks` among
 * them, says nothing about the world: "Please forward this to all your groups". Words of another language beside them
 * are claims. Folded (no accents) when the table is read; lower case here, as people write them.
 */

export interface Boilerplate {
  /** Words that make such a sentence: forwarding, sharing, greeting, signing. */
  asks: string
  /** Words that may stand beside them. */
  beside: string
}

export const boilerplateWords: Readonly<Record<string, Boilerplate>> = {
  en: {
    asks: 'forward forwarded forwarding fwd share shared sharing send sent pass repost retweet rt hello hi hey dear greetings morning afternoon evening cheers regards thanks thank copied copy paste received outlook gmail subscribe',
    beside:
      'please pls plz kindly this that the a to with it on as me my your you all everyone everybody anyone many much times time possible can message msg messages post video audio news info information friends friend family families group groups contacts contact people loved ones whatsapp telegram facebook from iphone ipad android samsung galaxy phone mobile mail email yahoo get for ios app do not dont break chain ignore before they delete it deleted gets is now immediately urgent important asap must help spread word good just i we in of and or know so that be aware widely max maximum via folks guys team sir madam best kind warm original begin',
  },
  es: {
    asks: 'reenviado reenvia reenvien reenviar reenvie comparte compartan compartir comparta difunde difundan difundir difusion pasalo pasenlo envia envien enviado hola buenos buenas saludos gracias',
    beside:
      'por favor este esta esto el la lo los las a al con de del desde mi tu tus su sus todos todas todo muchas veces mensaje mensajes video audio noticia informacion amigos amigas familia familiares grupo grupos contactos gente dias tardes noches iphone android movil celular whatsapp antes que lo borren eliminen urgente importante maxima maximo posible ya para y en no rompas cadena es un una se te que',
  },
  pt: {
    asks: 'encaminhada encaminhado encaminhe encaminhem encaminhar compartilhe compartilhem compartilhar partilhem partilhe repasse repassem repassar repassando espalhe espalhem divulgue divulguem envie enviem enviado ola oi bom boa saudacoes obrigado obrigada',
    beside:
      'por favor pf esta este isso isto essa esse a o os as ao aos com de do da dos das para pra meu minha seu sua seus suas todos todas tudo muitas vezes frequencia mensagem mensagens video audio noticia informacao amigos amigas familia familiares grupo grupos contatos contactos gente pessoal dia tarde noite iphone android celular whatsapp antes que apaguem excluam urgente importante maximo possivel ja e em no na nao quebre corrente um uma voce que',
  },
  fr: {
    asks: 'transfere transferez transferer partagez partager partage faites diffusez diffuser relayez envoyez envoye bonjour bonsoir salut cordialement merci',
    beside:
      "s'il vous plait svp stp ce cette ceci message messages video audio info infos information le la les l a au aux avec de du des depuis mon ma mes ton tes votre vos tous toutes tout nombreuses plusieurs fois amis amies famille familles groupe groupes contacts monde iphone android telephone whatsapp avant qu que ils suppriment soit supprime urgent important maximum possible plus et en un une passer tourner circuler chers cher chere il y",
  },
  de: {
    asks: 'weitergeleitet weiterleiten weiterleitet teilen teilt teile geteilt verbreiten verbreitet weitersagen schicken schickt gesendet hallo guten gruss grusse grussen moin danke liebe',
    beside:
      'bitte diese diesen dieses das die der den dem nachricht nachrichten video audio info infos an alle allen eure euren deine deinen ihre ihren mit von vom meinem meinen mein freunde freunden familie gruppe gruppen kontakte kontakten leute tag morgen abend iphone android handy whatsapp bevor es sie geloscht wird werden dringend wichtig haufig oft mehrfach so viele viel wie moglich mal und in ist zusammen freundlichen beste viele ihr ihn',
  },
  it: {
    asks: 'inoltrato inoltrate inoltra inoltrare condividi condividete condividere diffondete diffondere fate inviato ciao buongiorno buonasera saluti grazie',
    beside:
      'per favore questo questa messaggio messaggi video audio notizia a ai al tutti tutte tutto molte volte i il la le gli con da dal mio mia tuo tuoi vostri amici famiglia gruppo gruppi contatti gente iphone android cellulare whatsapp prima che lo cancellino urgente importante massima massimo possibile girare e in un una di piu',
  },
  nl: {
    asks: 'doorgestuurd doorsturen stuur deel delen gedeeld verspreid verstuurd verzonden hallo hoi goedemorgen groeten bedankt beste',
    beside:
      'dit deze bericht berichten video aan al alle je jullie met vanaf mijn vrienden familie groep groepen contacten iedereen zoveel vaak keer mogelijk door a u b aub alsjeblieft voor het de wordt verwijderd belangrijk en van iphone android telefoon whatsapp allemaal',
  },
  id: {
    asks: 'diteruskan teruskan bagikan sebarkan sebar kirim kirimkan share halo hai selamat salam terima',
    beside:
      'tolong mohon pesan ini kepada ke semua anda kalian teman saudara keluarga grup group kontak orang sebanyak banyak banyaknya kali dari iphone android hp saya whatsapp wa pagi siang sore malam kasih penting segera sebelum dihapus viralkan yang dan info video',
  },
  tr: {
    asks: 'iletildi iletin ilet paylasin paylas paylasalim yayin yayalim gonderin gonderildi merhaba selam gunaydin tesekkurler',
    beside:
      'lutfen bu mesaji mesaj herkese herkesle tum arkadaslariniza arkadaslar grup gruplara kisi kez cok defa iphone android telefonumdan whatsapp silinmeden once acil onemli ve video haberi',
  },
  ru: {
    asks: 'переслано пересланное перешлите перешли поделитесь поделись распространите распространяйте репост отправьте отправлено привет здравствуйте добрый спасибо',
    beside:
      'пожалуйста это этим этот сообщение сообщением всем всех со с своим своими вашим друзьям друзьями близким группам группах знакомым много раз максимально максимальный важно срочно пока не удалили моего айфона iphone android день утро вечер и в по видео прошу кому можете',
  },
  ar: {
    asks: 'انشر نشرها نشر النشر انشروا انشرها انشروها ارسل ارسلها ارسلوها ارسلوا شارك شاركوا شاركها معاد توجيه اعاده محوله مرحبا السلام تحياتي شكرا صباح مساء',
    beside:
      'من فضلك فضلكم رجاء ارجو الرجاء هذا هذه الرساله رساله الفيديو الخبر الى لكل كل جميع جميعا لجميع للجميع مع على اصدقائك اصدقائكم الاصدقاء العائله اهلك المجموعات المجموعه القروبات جهات الاتصال الناس مرات مره عده كثيره الخير النور عليكم ورحمه الله وبركاته قبل ان حذفها حذفه عاجل مهم للاهميه اكبر عدد ممكن ايفون واتساب هاتفي تم ارسالها توجيهها يا في',
  },
  fa: {
    asks: 'بفرستید فوروارد ارسال منتشر نشر اشتراک سلام درود ممنون',
    beside:
      'لطفا این پیام را به با همه دوستان خود خانواده گروه گروهها کنید بگذارید برای فیلم خبر مهم فوری قبل از حذف شدن و های',
  },
  ur: {
    asks: 'شیئر فارورڈ بھیجیں پھیلائیں سلام شکریہ',
    beside:
      'براہ کرم مہربانی اس یہ پیغام کو میسج سب تمام اپنے دوستوں خاندان گروپ گروپس تک زیادہ سے کریں لوگوں ویڈیو میں اور',
  },
  hi: {
    asks: 'शेयर फॉरवर्ड फारवर्ड फॉरवर्डेड साझा भेजें भेजो भेजिए फैलाएं फैलाओ अग्रेषित नमस्ते नमस्कार धन्यवाद सुप्रभात share forward forwarded bhejo bhejen bheje namaste',
    beside:
      'कृपया इस यह ये संदेश सन्देश मैसेज वीडियो खबर को सभी सबको सब अपने मित्रों दोस्तों परिवार ग्रुप ग्रुपों समूह में के साथ तक ज्यादा अधिक से कई बार किया गया करें करो कीजिए जरूर लोगों पहले हटाए डिलीट होने जाने और लिए आगे please plz is ye yeh message msg ko sabhi sabko sab apne doston dosto group groups me mein karo kare karen kijiye jyada zyada se logo logon tak jarur zaroor aage video ke sath bhi',
  },
  bn: {
    asks: 'শেয়ার ফরওয়ার্ড পাঠান ছড়িয়ে নমস্কার ধন্যবাদ সালাম',
    beside: 'দয়া করে এই মেসেজ বার্তা বার্তাটি ভিডিও সবাইকে সবার সাথে বন্ধুদের পরিবার গ্রুপে করুন দিন বেশি আপনার সকল মধ্যে',
  },
}

/**
 * The same for languages that write without spaces: a clause made of these pieces alone, one of `asks` among them.
 * Simplified and traditional letters are one.
 */
export const boilerplatePieces: Boilerplate = {
  asks: '轉發 轉傳 轉寄 转告 分享 擴散 傳出去 發出去 群發 告訴 提醒 您好 你好 大家好 早安 晚安 謝謝 感謝 シェア 拡散 転送 共有 こんにちは ありがとうございます แชร์ ส่งต่อ สวัสดี ขอบคุณ',
  beside:
    '請 敬請 麻煩 拜託 務必 趕快 趕緊 盡快 快 多 多多 幫忙 協助 把 將 這 這個 這則 此 本 條 則 訊息 信息 消息 影片 視頻 文章 給 到 讓 你 您 你們 的 所有 全部 每個 每一個 更多 大家 各位 身邊 親友 親朋好友 朋友 朋友們 家人 家 人 群 群組 知道 看到 出去 已 被 多次 次 來自 我 手機 一下 吧 哦 喔 啊 了 都 要 能 可以 互相 周知 重要 緊急 を に して してください お願いします ください この メッセージ 皆さん みなさん 友達 ช่วย กัน กรุณา โปรด ข้อความ นี้ ให้ เพื่อน ครอบครัว ทุกคน ด้วย ครับ ค่ะ ต่อ ไป ที่ รู้จัก กลุ่ม',
}

/** What stands before the first word of a message that was passed on. */
export const forwardPrefixes =
  'fwd fw wg re aw tr rv enc res rif r i fyi fwded vs doorst antw ynt ilt pd vb sv 转发 轉寄 轉發 回复 回覆 答复 答覆 転送 رد'

/** The last word of the line above a quoted reply: "On Monday … wrote:". */
export const wroteWords =
  'wrote escribió escreveu écrit schrieb scritto schreef yazdı написал написала كتب نوشت लिखा লিখেছেন 写道 寫道'
