-- The desk's work: a case of one organisation on one rumour, its evidence, its verdict in every version, its trail.

create table cases (
  id text primary key,
  organisation_id text not null references organisations (id),
  rumour_id text references rumours (id),
  -- the claim in neutral words
  claim text not null,
  -- open | published | dropped (domain/case.ts)
  state text not null,
  assignee_id text references people (id),
  due_on date,
  version integer not null,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index cases_by_organisation on cases (organisation_id, state, changed_at desc, id desc);
create index cases_by_rumour on cases (rumour_id);

create table evidence (
  id text primary key,
  case_id text not null references cases (id) on delete cascade,
  -- domain/evidence.ts
  content jsonb not null,
  -- the archived copy: SHA-256 of its bytes in the blob store, and when it was taken
  archive jsonb,
  added_by text not null references people (id),
  added_at timestamptz not null,
  removed_at timestamptz
);
create index evidence_by_case on evidence (case_id, id);

-- Every saved version of a case's verdict; the newest is the current one.
create table verdicts (
  id text primary key,
  case_id text not null references cases (id) on delete cascade,
  version integer not null,
  -- draft | review-requested | returned | approved | published (domain/verdict.ts)
  state text not null,
  content jsonb not null,
  drafted_by text not null references people (id),
  approved_by text references people (id),
  -- the approver's dissent or remarks
  remarks text,
  saved_at timestamptz not null,
  unique (case_id, version),
  -- two people: enforced here as well as in the flow
  check (approved_by is null or approved_by <> drafted_by),
  check (state not in ('approved', 'published') or approved_by is not null)
);

create table case_events (
  id text primary key,
  case_id text not null references cases (id) on delete cascade,
  -- comment | task | moved | assigned | … (domain/case.ts)
  kind text not null,
  person_id text not null references people (id),
  detail jsonb not null,
  at timestamptz not null
);
create index case_events_by_case on case_events (case_id, id);
