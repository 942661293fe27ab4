/** Documents say in four places how they are encoded; the first that is there wins. */
import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)

test.each([
  ['nothing said: UTF-8', utf8('café'), null, 'café'],
  ['the content type', latin1('caf\u00e9'), 'text/html; charset=ISO-8859-1', 'café'],
  [
    'the XML declaration',
    latin1('<?xml version="1.0" encoding="windows-1252"?><a>caf\u00e9</a>'),
    'text/xml',
    '<?xml version="1.0" encoding="windows-1252"?><a>café</a>',
  ],
  [
    'the meta element',
    latin1('<html><meta charset=latin1><p>caf\u00e9'),
    null,
    '<html><meta charset=latin1><p>café',
  ],
  [
    'a byte order mark before all',
    Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('café')),
    'text/html; charset=latin1',
    'café',
  ],
  ['UTF-16 with its mark', Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xe9, 0), null, 'aé'],
  ['an encoding that nobody knows', utf8('café'), 'text/html; charset=klingon', 'café'],
  ['bytes that mean nothing', Uint8Array.of(0x61, 0xff), null, 'a\ufffd'],
])('%s', (_name, bytes, contentType, text) => {
  expect(decodeText(bytes, contentType)).toBe(text)
})
