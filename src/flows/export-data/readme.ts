/** The explanation that lies beside exported data, for who finds the folder without knowing Assay. */
export function readme(publicUrl: string, now: Date): string {
  return `# All public data of an Assay site

Exported from ${publicUrl} at ${now.toISOString()}, as of one moment. Everything is UTF-8. \`sha256sum -c SHA256SUMS\` checks the files.

| file | holds |
|---|---|
| \`claim-reviews.jsonl\` | every claim review, newest first, one JSON object a line |
| \`claim-reviews.datafeed.json\` | the same reviews as a schema.org \`DataFeed\` of \`ClaimReview\` |
| \`publications.jsonl\` | what this site's own organisations published: every version as the log vouches for it |
| \`publishers.jsonl\` | every publisher with the number of its reviews |
| \`feeds.jsonl\` | every feed that reviews are read from, with its state |
| \`log/\` | the whole public log (checkpoint, tiles, entries), as it is served below /log/; logs before a change of the key in \`log/1/\`, \`log/2/\`… |

## claim-reviews.jsonl

The members are those of \`ClaimReview\` in the site's \`/openapi.json\`; \`earlierVersions\` lists what the review said before
its publisher changed it (\`version\`, \`seenAt\`, \`record\`). \`rating.words\` are the publisher's own; \`rating.value\` is what
they come to, one of true, mostly-true, mixed, missing-context, misleading, mostly-false, false, altered, satire,
unproven, not-checkable, or null where nobody can tell. \`publisher.sample\` marks made-up publishers that show how Assay works.

## publications.jsonl and the log

\`document\` is canonical JSON, \`entry\` are the bytes that stand in the log \`log\` at \`index\`. The \`sha256\` in the entry is that of
the 16 bytes of \`salt\` followed by the document. A document that had to be erased is null, and its salt with it; its entry stays.

The log is in the formats of C2SP tlog-tiles: \`assay-verify log --vkey KEY\`, or any other checker of such logs, tells whether
it is whole and signed, and whether it goes on from a checkpoint that you saw earlier.

The reviews belong to their publishers: each names its publisher and the address where it was published.
`
}
