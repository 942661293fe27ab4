-- Publishers, their claim reviews with every version, what was refused and why, and the feeds they come from.
-- There is no column for a speaker, sender or asker: `claimant` lives inside `record` only (promise 2).

-- One row, made with the database: tells a snapshot of this database from one of another.
create table database_identity (
  id uuid primary key default gen_random_uuid()
);
insert into database_identity default values;

create table publishers (
  id text primary key,
  -- host without www., or 'name:' and the name in lower case where no record ever named a site
  key text not null unique,
  site text,
  name text not null,
  sample boolean not null default false,
  created_at timestamptz not null
);

create table claim_reviews (
  id text primary key,
  publisher_id text not null references publishers (id) on delete cascade,
  -- sha-256 over publisher key, canonical url (or source id) and normalised claim
  identity bytea not null unique,
  -- sha-256 over the record: the same bytes mean nothing changed
  content bytea not null,
  -- the publisher's own record in our unified shape (domain/claim-review.ts, ReviewRecord)
  record jsonb not null,
  rating_value text,
  -- primary subtag of the record's language, in lower case: en for en-US
  lang text,
  reviewed_at timestamptz,
  -- reviewed_at, else first_seen_at: what lists are sorted by
  listed_at timestamptz not null,
  -- folded words of claim and title, for the topic filter
  topic_words text[] not null,
  version integer not null,
  first_seen_at timestamptz not null,
  changed_at timestamptz not null,
  -- value of change_counters when last written, no two alike: readers of changes go on from here
  change_number bigint not null
);
create index claim_reviews_by_listing on claim_reviews (listed_at desc, id desc);
create index claim_reviews_by_publisher on claim_reviews (publisher_id, listed_at desc, id desc);
create index claim_reviews_by_lang on claim_reviews (lang, listed_at desc, id desc);
create index claim_reviews_by_rating on claim_reviews (rating_value, listed_at desc, id desc);
create index claim_reviews_by_change on claim_reviews (change_number);
create index claim_reviews_by_topic on claim_reviews using gin (topic_words);

-- What a claim review said before its publisher changed it; the newest version is in claim_reviews.
create table claim_review_versions (
  claim_review_id text not null references claim_reviews (id) on delete cascade,
  version integer not null,
  record jsonb not null,
  seen_at timestamptz not null,
  primary key (claim_review_id, version)
);

-- Reviews that are gone, so that every index in every process drops them too.
create table removed_claim_reviews (
  claim_review_id text primary key,
  change_number bigint not null
);
create index removed_claim_reviews_by_change on removed_claim_reviews (change_number);

-- One row, locked by each writing transaction until it commits: change numbers thus become visible in their order,
-- which a sequence does not promise.
create table change_counters (
  name text primary key,
  value bigint not null
);
insert into change_counters (name, value) values ('claim-reviews', 0);

create table feeds (
  id text primary key,
  publisher_id text references publishers (id) on delete cascade,
  url text not null unique,
  format text not null,
  -- ready | failing | paused
  state text not null,
  etag text,
  last_modified text,
  failures integer not null default 0,
  -- one clear sentence; null after a good read
  last_error text,
  last_read_at timestamptz,
  last_good_at timestamptz,
  next_read_at timestamptz not null,
  created_at timestamptz not null
);
create index feeds_by_next_read on feeds (next_read_at);

-- What could not be read, kept so that a publisher can see what is wrong with its markup. One row per place and reason.
create table refusals (
  -- sha-256 over source, path and message: reading the same mess again adds nothing
  id bytea primary key,
  publisher_id text references publishers (id) on delete cascade,
  feed_id text references feeds (id) on delete cascade,
  -- address or file name that it was read from
  source text not null,
  path text not null,
  message text not null,
  -- first 500 characters of what was refused
  excerpt text not null,
  seen_at timestamptz not null
);
create index refusals_by_publisher on refusals (publisher_id, seen_at desc);
create index refusals_by_source on refusals (source);
