-- What our own organisations published: each version with the document that the public log holds a salted digest of.

-- A correction or withdrawal that one person proposes and another confirms.
create table revisions (
  id text primary key,
  claim_review_id text not null,
  organisation_id text not null references organisations (id),
  -- correction | withdrawal
  kind text not null check (kind in ('correction', 'withdrawal')),
  -- the approved verdict that takes the old one's place; null for a withdrawal
  verdict_id text references verdicts (id),
  -- {wrong, changed, why} or {reason}: public once it is confirmed
  texts jsonb not null,
  state text not null check (state in ('proposed', 'published', 'dropped')),
  proposed_by text not null references people (id),
  confirmed_by text references people (id),
  proposed_at timestamptz not null,
  check ((kind = 'correction') = (verdict_id is not null)),
  check ((state = 'published') = (confirmed_by is not null)),
  -- two people: enforced here as well as in the flow
  check (confirmed_by is null or confirmed_by <> proposed_by)
);
create index revisions_by_claim_review on revisions (claim_review_id);
create unique index revisions_proposed on revisions (claim_review_id) where state = 'proposed';

create table challenges (
  id text primary key,
  claim_review_id text not null,
  organisation_id text not null references organisations (id),
  -- the text, the text without personal data and the address for a reply, sealed with a key of their own until it is
  -- decided, then gone
  sealed bytea,
  wrapped_key bytea,
  wants_reply boolean not null,
  -- keyed hash of the receipt's words
  receipt_mac bytea not null unique,
  -- keyed hash of the form: sent twice, it is one challenge
  client_mac bytea not null unique,
  state text not null check (state in ('open', 'upheld', 'refused')),
  decided_by text references people (id),
  -- public, as is the refusal
  reasons text,
  day date not null,
  decided_at timestamptz,
  check ((state = 'open') = (decided_by is null)),
  check ((state = 'open') = (reasons is null)),
  check (state = 'open' or (sealed is null and wrapped_key is null))
);
create index challenges_by_organisation on challenges (organisation_id, id desc);
create index challenges_by_claim_review on challenges (claim_review_id);

create table publications (
  claim_review_id text not null,
  version integer not null,
  organisation_id text not null references organisations (id),
  case_id text not null references cases (id),
  verdict_id text references verdicts (id),
  revision_id text unique references revisions (id),
  challenge_id text unique references challenges (id),
  -- verdict | correction | withdrawal | challenge-outcome
  kind text not null,
  -- canonical JSON of what was published; null with its salt once it had to be erased
  document text,
  salt bytea,
  leaf_hash bytea not null unique references log_entries (leaf_hash),
  published_at timestamptz not null,
  primary key (claim_review_id, version),
  check ((document is null) = (salt is null)),
  check ((kind in ('verdict', 'correction')) = (verdict_id is not null)),
  check ((kind in ('correction', 'withdrawal')) = (revision_id is not null)),
  check ((kind = 'challenge-outcome') = (challenge_id is not null)),
  check ((kind = 'verdict') = (version = 1))
);
create index publications_by_organisation on publications (organisation_id, published_at desc);
create index publications_by_time on publications (published_at desc, claim_review_id);
-- a case is published once; what follows are its corrections
create unique index publications_by_case on publications (case_id) where kind = 'verdict';
-- and an approved version stands behind one publication only
create unique index publications_by_verdict on publications (verdict_id) where verdict_id is not null;

-- The two rules that no program may get around: two people behind every verdict, and an organisation that says who it is.
create function check_publication() returns trigger language plpgsql as $$
begin
  if new.kind in ('verdict', 'correction') and not exists (
    select from verdicts v join cases c on c.id = v.case_id
    where v.id = new.verdict_id and c.id = new.case_id and c.organisation_id = new.organisation_id
      and v.state in ('approved', 'published') and v.approved_by is not null and v.approved_by <> v.drafted_by
  ) then
    raise exception 'a verdict is published once another person has approved it' using errcode = 'check_violation';
  end if;
  if exists (
    select from organisations o, unnest(array['method', 'funding', 'ownership', 'staffContact', 'correctionsPolicy']) as field
    where o.id = new.organisation_id and coalesce(trim(o.profile ->> field), '') = ''
  ) then
    raise exception 'an organisation publishes once its profile is complete' using errcode = 'check_violation';
  end if;
  if new.revision_id is not null and not exists (
    select from revisions r where r.id = new.revision_id and r.claim_review_id = new.claim_review_id
      and r.kind = new.kind and r.state = 'published'
  ) then
    raise exception 'a revision is published once another person has confirmed it' using errcode = 'check_violation';
  end if;
  if new.challenge_id is not null and exists (
    select from challenges ch
      join publications p on p.claim_review_id = ch.claim_review_id
      join verdicts v on v.id = p.verdict_id
    where ch.id = new.challenge_id
      and (ch.claim_review_id <> new.claim_review_id or ch.decided_by in (v.drafted_by, v.approved_by))
  ) then
    raise exception 'a challenge is decided by somebody who did not make the review' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_publication before insert on publications for each row execute function check_publication();

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
  unique nulls not distinct (rumour_id, claim_review_id, leaf_hash)
);
create index notices_pending on notices (created_at) where state = 'pending';
create index notices_by_rumour on notices (rumour_id, id);
