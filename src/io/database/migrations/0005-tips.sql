-- What people sent in to be checked. No column says who: times are days, originals are sealed, receipts are keyed hashes.

create table rumours (
  id text primary key,
  -- open | answered | closed
  state text not null,
  -- the claim in neutral words, approved by a person; null until then, and only then it is public
  wording text,
  lang text,
  first_day date not null,
  last_day date not null,
  -- the rumour that this one was merged into
  merged_into text references rumours (id)
);
create index rumours_open on rumours (last_day desc, id desc) where state = 'open' and merged_into is null;

create table tips (
  id text primary key,
  rumour_id text not null references rumours (id),
  -- with typed placeholders in the place of personal data: what the desk sees
  redacted text not null,
  -- why it was put with its rumour: {decision: same|maybe|new|moved, why: […]}
  grouping jsonb not null,
  lang text,
  country text,
  -- platform and day where it was seen, never the poster
  seen jsonb,
  doubt text,
  day date not null,
  expires_on date not null,
  -- the original, sealed with a key of its own; that key, wrapped by the master secret
  sealed bytea not null,
  wrapped_key bytea not null,
  receipt_mac bytea not null unique,
  client_mac bytea not null unique,
  feed_mac bytea not null unique,
  -- push subscriptions, sealed with the tip's key; null without
  push bytea
);
create index tips_by_rumour on tips (rumour_id, day);
create index tips_by_expiry on tips (expires_on);

-- Distinct wordings per day: what rises, and what stays when tips have expired.
create table rumour_asks (
  rumour_id text not null references rumours (id) on delete cascade,
  day date not null,
  -- keyed hash of the normalised wording
  wording bytea not null,
  asks integer not null,
  primary key (rumour_id, day, wording)
);

-- Splits, merges, opened originals: who of the desk did what to a rumour, and why.
create table rumour_events (
  id text primary key,
  rumour_id text not null references rumours (id) on delete cascade,
  kind text not null,
  person_id text references people (id),
  detail jsonb not null,
  at timestamptz not null
);
create index rumour_events_by_rumour on rumour_events (rumour_id, id);
