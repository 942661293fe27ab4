-- Organisations, their people, and how a person proves who they are. Nothing here is about who asks.

create table organisations (
  id text primary key,
  -- in addresses and in the log: a-z, 0-9 and hyphens
  short_name text not null unique,
  name text not null,
  -- what must be public before anything is published (domain/organisation.ts, OrganisationProfile)
  profile jsonb not null,
  -- the organisation's own rating words, each with its normalised value
  rating_scale jsonb not null,
  show_names boolean not null default false,
  -- counts the edits
  version integer not null default 1,
  created_at timestamptz not null
);

create table people (
  id text primary key,
  -- null: an operator of the instance
  organisation_id text references organisations (id),
  role text not null check (role in ('lead', 'checker', 'reader', 'operator')),
  email text not null unique,
  name text not null,
  -- active | removed: what a removed person did stays theirs
  state text not null,
  -- argon2id, in PHC form; null with a passkey only
  password_hash text,
  -- sealed with the master secret; null without
  totp_secret bytea,
  -- the last time step that was used, so that a code works once
  totp_step bigint,
  -- failed sign-ins in a row, and the last of them: guessing gets slower
  failures integer not null default 0,
  failed_at timestamptz,
  created_at timestamptz not null,
  check ((role = 'operator') = (organisation_id is null))
);

create table passkeys (
  -- the credential's id, base64url
  id text primary key,
  person_id text not null references people (id) on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz
);

-- A passkey's signed challenge works once; only those of successful sign-ins are kept, until they are too old anyway.
create table spent_challenges (
  challenge text primary key,
  expires_at timestamptz not null
);

create table recovery_codes (
  -- keyed hash of the code
  mac bytea primary key,
  person_id text not null references people (id) on delete cascade
);

create table invitations (
  -- keyed hash of the link's secret
  mac bytea primary key,
  -- null: of an operator, or of a lead who founds the organisation by accepting
  organisation_id text references organisations (id) on delete cascade,
  role text not null,
  -- null: whoever has the link says it
  email text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table sessions (
  -- keyed hash of the cookie's secret
  mac bytea primary key,
  -- what lists of sessions show and revoke by
  id text not null unique,
  person_id text not null references people (id) on delete cascade,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_by_person on sessions (person_id);
