-- What people sent in to be checked. No column says who: times are days, whatever a person wrote is sealed, receipts
-- are keyed hashes. Ids carry the day only.

create table rumours (
  id text primary key,
  -- open | answered | closed
  state text not null,
  -- the claim in neutral words, approved by a person; null until then, and only then it is public
  wording text,
  lang text,
  first_day date not null,
  last_day date not null,
  -- how much it is asked (domain/rumour.ts): from distinct wordings and days, never from volume alone
  demand integer not null default 0,
  -- asks of tips that have gone, in tens: all that stays of them
  asks_gone integer not null default 0,
  -- the rumour that this one was merged into
  merged_into text references rumours (id)
);
create index rumours_open on rumours (last_day desc, id desc) where state = 'open' and merged_into is null;
create index rumours_by_demand on rumours (demand desc, id desc) where state = 'open' and merged_into is null;

create table tips (
  id text primary key,
  rumour_id text not null references rumours (id),
  -- what the desk sees, sealed with the tip's key: typed placeholders stand in the place of personal data
  redacted bytea not null,
  -- how it came to its rumour: pending | same | maybe | new | moved (domain/tip.ts)
  decision text not null,
  -- the reasons, sealed with the tip's key; null while there are none
  why bytea,
  lang text,
  day date not null,
  expires_on date not null,
  -- keyed hash of the normalised wording
  wording bytea not null,
  -- the original, sealed with the tip's key; that key, wrapped by the master secret and by a key that fades with the day
  sealed bytea not null,
  wrapped_key bytea not null,
  receipt_mac bytea not null unique,
  client_mac bytea not null unique,
  feed_mac bytea not null unique,
  -- push subscriptions, sealed with the tip's key; null without
  push bytea
);
create index tips_by_rumour on tips (rumour_id, day, id);
create index tips_by_expiry on tips (expires_on);
create index tips_pending on tips (id) where decision = 'pending';

-- Distinct wordings per day: what rises. Gone with the tips that they counted.
create table rumour_asks (
  rumour_id text not null references rumours (id) on delete cascade,
  day date not null,
  wording bytea not null,
  asks integer not null,
  primary key (rumour_id, day, wording)
);
create index rumour_asks_by_wording on rumour_asks (wording);

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
