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
-- One organisation works on a rumour once.
create unique index cases_open_once on cases (organisation_id, rumour_id) where state <> 'dropped';

-- Organisations whose leads and checkers may read a case, comment on it and review its verdict.
create table case_partners (
  case_id text not null references cases (id) on delete cascade,
  organisation_id text not null references organisations (id),
  invited_by text not null references people (id),
  invited_at timestamptz not null,
  primary key (case_id, organisation_id)
);
create index case_partners_by_organisation on case_partners (organisation_id, case_id);

-- Rumours that an organisation does not want to see in its inbox before a day.
create table rumour_snoozes (
  rumour_id text not null references rumours (id) on delete cascade,
  organisation_id text not null references organisations (id),
  until date not null,
  snoozed_by text not null references people (id),
  primary key (rumour_id, organisation_id)
);

create table evidence (
  id text primary key,
  case_id text not null references cases (id) on delete cascade,
  -- 1 for the first of its case; what sentences cite it by, and never another's
  number integer not null,
  -- domain/evidence.ts
  content jsonb not null,
  -- the archived copy: SHA-256 of its bytes in the blob store, and when it was taken; or why there is none
  archive jsonb,
  -- when to take the copy, or to try again; null: done, given up, or nothing to take
  archive_at timestamptz,
  added_by text not null references people (id),
  added_at timestamptz not null,
  removed_at timestamptz,
  unique (case_id, number)
);
create index evidence_to_archive on evidence (archive_at) where archive_at is not null;

-- What a verdict cites is what was read when it was approved.
create function keep_evidence() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.case_id <> old.case_id or new.number <> old.number
    or new.content <> old.content or new.added_by <> old.added_by then
    raise exception 'evidence is not edited: remove it and add another' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger keep_evidence before update on evidence for each row execute function keep_evidence();

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

-- What was sent to review is what is approved, and what was approved is what is published: no update changes it.
create function keep_verdict() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.case_id <> old.case_id or new.drafted_by <> old.drafted_by then
    raise exception 'a verdict stays where and whose it is' using errcode = 'integrity_constraint_violation';
  end if;
  if not (old.state = 'draft' and new.state = 'draft')
    and (new.content <> old.content or new.version <> old.version or new.saved_at <> old.saved_at) then
    raise exception 'a verdict that left the draft is not edited: save a new version'
      using errcode = 'integrity_constraint_violation';
  end if;
  if new.state = old.state then
    if new.approved_by is distinct from old.approved_by or new.remarks is distinct from old.remarks then
      raise exception 'who approved a verdict is not changed' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end if;
  if (old.state, new.state) not in (
    ('draft', 'review-requested'), ('returned', 'review-requested'), ('review-requested', 'returned'),
    ('approved', 'returned'), ('review-requested', 'approved'), ('approved', 'published')
  ) then
    raise exception 'a verdict does not go from % to %', old.state, new.state
      using errcode = 'integrity_constraint_violation';
  end if;
  if new.state = 'published' and new.approved_by is distinct from old.approved_by then
    raise exception 'who approved a verdict is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  if new.state not in ('approved', 'published') and new.approved_by is not null then
    raise exception 'only an approved verdict has an approver' using errcode = 'integrity_constraint_violation';
  end if;
  -- Whoever approves is of the case's organisation or of an invited one, and there to decide.
  if new.state = 'approved' and not exists (
    select 1 from people p join cases c on c.id = new.case_id
    where p.id = new.approved_by and p.role in ('lead', 'checker') and p.state = 'active'
      and (p.organisation_id = c.organisation_id or exists (
        select 1 from case_partners q where q.case_id = c.id and q.organisation_id = p.organisation_id))
  ) then
    raise exception 'whoever approves is a lead or checker of the organisation or of an invited one'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger keep_verdict before update on verdicts for each row execute function keep_verdict();

-- Two people: nobody approves what they wrote any version of since the last approval. Looked at when a transaction
-- commits, so that rows may arrive in any order, as they do when a backup is read.
create function refuse_self_approval() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from verdicts a join verdicts w on w.case_id = a.case_id and w.version <= a.version
    where a.case_id = new.case_id and a.approved_by = w.drafted_by
      and w.version > coalesce((select max(e.version) from verdicts e
        where e.case_id = a.case_id and e.version < a.version and e.approved_by is not null), 0)
  ) then
    raise exception 'whoever wrote a verdict does not approve it' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger refuse_self_approval after insert or update on verdicts
  deferrable initially deferred for each row execute function refuse_self_approval();

create table case_events (
  id text primary key,
  case_id text not null references cases (id) on delete cascade,
  -- 1 for the first of its case: times may be equal
  step integer not null,
  -- domain/case.ts, CaseEventDetail
  kind text not null,
  person_id text not null references people (id),
  detail jsonb not null,
  at timestamptz not null,
  unique (case_id, step)
);
-- Who is mentioned where.
create index case_events_by_mention on case_events using gin ((detail -> 'mentions')) where kind = 'comment';
