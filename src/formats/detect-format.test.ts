/** What people give to `assay ingest` is told by how it begins. */
import { expect, test } from 'vitest'
import { detectFormat } from './detect-format.ts'

const detect = (text: string, name: string | null = null, contentType: string | null = null) =>
  detectFormat(text, { name, contentType })

test.each([
  ['<!DOCTYPE html><html><head>', 'html'],
  ['\uFEFF  <!-- hello --><html lang="es">', 'html'],
  ['<div>a piece of a page', 'html'],
  ['<?xml version="1.0"?>\n<rss version="2.0">', 'feed'],
  ['<feed xmlns="http://www.w3.org/2005/Atom">', 'feed'],
  ['<rdf:RDF xmlns="http://purl.org/rss/1.0/">', 'feed'],
  ['<?xml version="1.0"?><!-- made by x --><urlset xmlns="x">', 'sitemap'],
  ['<sm:sitemapindex>', 'sitemap'],
  ['{"version": "https://jsonfeed.org/version/1.1", "items": [', 'feed'],
  ['{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [', 'datafeed'],
  ['[{"@type": "ClaimReview", "url": "x"', 'claimreview'],
  ['{"@type": "ClaimReview",\n "url": "x"}', 'claimreview'],
  ['{"id": "1", "text": "a"}\n{"id": "2", "text": "b"}\n', 'jsonl'],
])('%s', (text, format) => {
  expect(detect(text)).toBe(format)
})

test('one line with a name or type of JSON Lines is JSON Lines', () => {
  expect(detect('{"id": "1"}', 'claims.jsonl.gz')).toBe('jsonl')
  expect(detect('{"id": "1"}', null, 'application/x-ndjson')).toBe('jsonl')
})

test.each(['', 'just a sentence', '\u0089PNG\r\n', 'id,text\n1,a', '<?xml version="1.0"?><office:document>'])(
  'nothing that is read here: %j',
  (text) => {
    expect(detect(text)).toBeNull()
  },
)
