/** Rating labels in one spelling: what remains of a label when case, accents, slugs and decoration are taken away. */

/** Lower case, words with one space between; accents off Latin and Greek letters, harakat and letter variants off Arabic ones. */
export function labelKey(label: string): string {
  return label
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFD')
    .replace(/(?<=[a-zα-ω])\p{Mn}+|[\u064B-\u0655\u0670\u0640\u200C\u200D]/gu, '')
    .normalize('NFC')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/['’ʼ`´]/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Words that decorate a label and change nothing. None of them denies: "not false" keeps its "not", and so is no label.
 */
const decoration = new Set(
  [
    'rating rated verdict ruling conclusion result our we rate this that these those the a an is are was were be it its of claim claims statement',
    'statements fact check checks factcheck checked video photo photos picture pictures image images post posts message story article quote',
    'report viral news information completely totally entirely absolutely really utterly simply clearly 100', // en
    'es son la el los las lo una un este esta esto estas estos afirmacion declaracion calificacion veredicto nota publicacion imagen',
    'totalmente completamente absolutamente noticia mensaje', // es
    'e o os as um uma esse essa isso afirmacao alegacao classificacao selo conteudo', // pt
    'c le les ce cette cet affirmation allegation conclusion totalement entierement completement', // fr
    'ist das die der dies diese dieser behauptung urteil bewertung fazit aussage völlig komplett vollig ganz', // de
    'il questa questo affermazione notizia video', // it
    'ini klaim adalah hasil periksa fakta', // id
    'bu iddia sonuc', // tr
    'الادعاء ادعاء هذا هذه الخبر خبر الصورة الفيديو التقييم النتيجة', // ar
    'दावा यह है वीडियो तस्वीर', // hi
    'это вывод утверждение вердикт', // ru
    'madai haya ni', // sw
  ]
    .join(' ')
    .split(' '),
)

/** A key without its decoration; empty when nothing else remains. */
export function withoutDecoration(key: string): string {
  return key
    .split(' ')
    .filter((word) => !decoration.has(word))
    .join(' ')
}
