-- A key that signs a log cannot be exchanged: the log ends, and another begins with its last checkpoint.

create table logs (
  -- 1 for the first; each change of the key begins the next
  number integer primary key,
  -- first line of its checkpoints, and the name of its key
  origin text not null unique
);
insert into logs (number, origin) select 1, origin from log_state;

-- The log that is written now. The earlier ones never change again.
alter table log_state add column number integer references logs (number);
update log_state set number = 1;
alter table log_state alter column number set not null;
alter table log_state drop column origin;

-- Which log an entry stands in; null while it is pending.
alter table log_entries add column log integer references logs (number);
update log_entries set log = 1 where index is not null;
alter table log_entries drop constraint log_entries_index_key;
alter table log_entries add constraint log_entries_place unique (log, index);
alter table log_entries add check ((log is null) = (index is null));

-- The first entry of a later log is about no review: it is the last checkpoint of the log before.
alter table log_entries alter column claim_review_id drop not null;
alter table log_entries add check ((kind = 'rotation') = (claim_review_id is null));
