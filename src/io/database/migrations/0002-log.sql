-- The public log: entries with their bytes, the checkpoint that we are bound to, and how far witnesses have followed.

create table log_entries (
  -- SHA-256(0x00 || bytes): the same entry cannot stand twice
  leaf_hash bytea primary key,
  bytes bytea not null,
  kind text not null,
  claim_review_id text not null,
  -- pending -> sequenced (has its index, for ever) -> published (a checkpoint that holds it is out)
  state text not null check (state in ('pending', 'sequenced', 'published')),
  index bigint unique,
  pending_at timestamptz not null,
  published_at timestamptz,
  check ((state = 'pending') = (index is null))
);
create index log_entries_pending on log_entries (pending_at, leaf_hash) where state = 'pending';
create index log_entries_by_claim_review on log_entries (claim_review_id);

-- One row. `size`, `root` and `checkpoint` are what we have signed: the point of no return.
create table log_state (
  name text primary key,
  origin text not null,
  size bigint not null,
  root bytea not null,
  -- the note, signed by the log
  checkpoint text not null,
  -- the size of the checkpoint that the world can read, at most `size`
  published_size bigint not null check (published_size <= size),
  -- that note, with the witnesses' signatures
  published_checkpoint text
);

create table log_witnesses (
  -- the name that the policy gives it
  name text primary key,
  -- the size that it last cosigned
  size bigint not null
);
