-- Views of the inbox that a person keeps under a name of their own.
create table inbox_views (
  person_id text not null references people (id) on delete cascade,
  name text not null,
  -- domain/inbox.ts, InboxFilter, as its address writes it
  query text not null,
  primary key (person_id, name)
);
