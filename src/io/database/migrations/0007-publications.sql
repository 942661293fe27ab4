-- What our own organisations published: each version with the document that the public log holds a salted digest of.

create table publications (
  claim_review_id text not null,
  version integer not null,
  organisation_id text not null references organisations (id),
  case_id text not null references cases (id),
  verdict_id text references verdicts (id),
  -- verdict | correction | withdrawal | challenge-outcome
  kind text not null,
  -- canonical JSON of what was published; null with its salt once it had to be erased
  document text,
  salt bytea,
  leaf_hash bytea not null unique references log_entries (leaf_hash),
  published_at timestamptz not null,
  primary key (claim_review_id, version)
);
create index publications_by_organisation on publications (organisation_id, published_at desc);

-- One telling of everybody who asked about a rumour.
create table notices (
  id text primary key,
  rumour_id text not null references rumours (id) on delete cascade,
  -- the review that answers it: ours, or another publisher's
  claim_review_id text not null,
  -- answered | corrected | withdrawn
  kind text not null,
  -- sent only once this entry is in the published log; null for another publisher's review
  leaf_hash bytea references log_entries (leaf_hash),
  -- pending | sent | given-up
  state text not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  sent_at timestamptz,
  unique (rumour_id, claim_review_id, leaf_hash)
);
create index notices_pending on notices (created_at) where state = 'pending';

create table challenges (
  id text primary key,
  claim_review_id text not null,
  -- sealed like a tip until it is decided; the desk sees `redacted`
  redacted text not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  receipt_mac bytea not null unique,
  -- open | upheld | refused
  state text not null,
  decided_by text references people (id),
  -- public, as is the refusal
  reasons text,
  day date not null,
  decided_at timestamptz,
  -- the log entry of the outcome
  leaf_hash bytea references log_entries (leaf_hash)
);
create index challenges_open on challenges (day) where state = 'open';
