import { expect, test } from 'vitest'
import { baseLanguage, languageOf, sureLanguageOf } from './language.ts'

test.each([
  ['The vaccine was tested on many people in the city last year', 'en'],
  ['La vacuna fue probada en muchas personas de la ciudad el año pasado', 'es'],
  ['A vacina foi testada em muitas pessoas da cidade no ano passado', 'pt'],
  ['Le vaccin a été testé sur de nombreuses personnes de la ville', 'fr'],
  ['Der Impfstoff wurde im letzten Jahr an vielen Menschen getestet', 'de'],
  ['Szczepionka była testowana na wielu osobach w zeszłym roku', 'pl'],
  ['Вакцина была испытана на многих людях в прошлом году', 'ru'],
  ['تم اختبار اللقاح على العديد من الأشخاص في المدينة', 'ar'],
  ['पिछले साल शहर में कई लोगों पर टीके का परीक्षण किया गया', 'hi'],
  ['गेल्या वर्षी शहरात अनेक लोकांवर लस तपासली गेली आहे', 'mr'],
  ['ਪਿਛਲੇ ਸਾਲ ਸ਼ਹਿਰ ਵਿੱਚ ਕਈ ਲੋਕਾਂ ਤੇ ਟੀਕੇ ਦੀ ਜਾਂਚ ਕੀਤੀ ਗਈ', 'pa'],
  ['去年在城市裡對許多人測試了疫苗', 'zh'],
  ['ワクチンは昨年多くの人で試された', 'ja'],
  ['วัคซีนได้รับการทดสอบกับผู้คนมากมาย', 'th'],
  ['백신은 작년에 많은 사람들에게 시험되었다', 'ko'],
  ['1234 😀 !!', null],
])('%s is %s', (text, lang) => {
  expect(languageOf(text)).toBe(lang)
})

test('a language tag is read by its first part', () => {
  expect(['zh-Hant-TW', 'EN', 'x', '', null].map(baseLanguage)).toEqual(['zh', 'en', null, null, null])
})

test('of a few Latin letters no language is made up, of a script that decides it is told', () => {
  expect(sureLanguageOf('NASA Apollo 11')).toBeNull()
  expect(sureLanguageOf('疫苗')).toBe('zh')
  expect(sureLanguageOf('The moon landing was filmed in a studio')).toBe('en')
})
