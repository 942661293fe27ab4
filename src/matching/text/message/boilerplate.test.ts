import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boilerplateSpans } from './boilerplate.ts'

/** What is left of a text, spaces and marks around it aside. */
function readOf(text: string): string {
  let left = ''
  let at = 0
  for (const { start, end } of boilerplateSpans(text)) {
    left += text.slice(at, start)
    at = end
  }
  return (left + text.slice(at)).replace(/[\s!>]+/gu, ' ').trim()
}

describe('of a forwarded message is read only what it says', () => {
  test.each([
    [
      'Forwarded many times\nFwd: Re: Lemon cures cancer.\nPls share with all your friends and family!\nSent from my iPhone',
      'Lemon cures cancer.',
    ],
    ['Hi everyone, lemon cures cancer. Please forward this before they delete it!!', 'lemon cures cancer.'],
    [
      'Reenviado muchas veces\nHola a todos, el limón cura el cáncer. Por favor compartan con todos sus contactos. Enviado desde mi iPhone',
      'el limón cura el cáncer.',
    ],
    [
      'Encaminhada com frequência\nBom dia! O limão cura o câncer. Repassem para todos os seus grupos!',
      'O limão cura o câncer.',
    ],
    [
      'Bonjour à tous, le citron guérit le cancer. Merci de partager avec tous vos contacts, s’il vous plaît. Envoyé de mon iPhone',
      'le citron guérit le cancer.',
    ],
    [
      'Weitergeleitet\nHallo zusammen, Zitrone heilt Krebs. Bitte an alle Freunde weiterleiten!\nVon meinem iPhone gesendet',
      'Zitrone heilt Krebs.',
    ],
    [
      'معاد توجيهها عدة مرات\nالسلام عليكم، الليمون يعالج السرطان. أرجو نشرها لكل الأصدقاء.',
      'الليمون يعالج السرطان.',
    ],
    [
      'कई बार फॉरवर्ड किया गया\nनमस्ते, नींबू से कैंसर ठीक होता है। कृपया इस मैसेज को सभी ग्रुप में शेयर करें।',
      'नींबू से कैंसर ठीक होता है।',
    ],
    [
      'yeh message sabhi groups me share karo. nimbu se cancer theek hota hai',
      'nimbu se cancer theek hota hai',
    ],
    ['大家好，喝檸檬水可以治癌症。請分享給親朋好友！請轉發給所有人知道', '喝檸檬水可以治癌症。'],
    ['大家好，喝柠檬水可以治癌症。请分享给亲朋好友！', '喝柠檬水可以治癌症。'],
    ['[12/03/2024, 10:15:33] Ana María: el agua está envenenada', 'el agua está envenenada'],
    ['12/3/24, 10:15 - Ana: el agua está envenenada', 'el agua está envenenada'],
    [
      '---------- Forwarded message ---------\nFrom: Ana <a@example.org>\nDate: Mon, 3 May 2021\nTo: b@example.org\n\nOn Mon, 3 May 2021 at 10:00, Ana wrote:\n> The moon is cheese\n-- \nDr. A. Person\nSomewhere',
      'The moon is cheese',
    ],
  ])('%j', (text, read) => {
    expect(readOf(text)).toBe(read)
  })

  test.each([
    'Share prices fell by 50 percent.',
    'Hello Kitty was made by the devil.',
    'Send help to Ukraine now.',
    'He sent 5 messages from his iPhone',
    'Note: the water is poisoned',
    'Breaking: a judge wrote: 5 dollars are enough',
    'Das ist falsch.',
  ])('and all of %j', (text) => {
    expect(readOf(text)).toBe(text)
  })
})

test('stretches that are not read stand in order and apart, inside the text', () => {
  const piece = fc.constantFrom(
    'Fwd: ',
    'please share',
    '\n',
    '. ',
    'lemon ',
    '-- \n',
    '> ',
    '請分享',
    '，',
    'Hi all, ',
    '\u200d',
    '😀',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (parts) => {
      const text = parts.join('')
      let before = 0
      for (const { start, end } of boilerplateSpans(text)) {
        expect(start).toBeGreaterThanOrEqual(before)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        before = end
      }
    }),
  )
})

test('a hostile message is read to its end', () => {
  for (const piece of [
    'share ',
    'Fwd: ',
    '請',
    '\n',
    '> ',
    '[1/1/11, 1:11] a',
    '- ',
    'share, ',
    'From:\n',
    '請分享給',
  ])
    expect(boilerplateSpans(piece.repeat(25_000)).length).toBeLessThanOrEqual(50_001)
})
