-- Beside what could not be read: what was read, and its publisher should mend all the same.
alter table refusals add column kind text not null default 'refused' check (kind in ('refused', 'note'));
drop index refusals_by_publisher;
create index refusals_by_publisher on refusals (publisher_id, kind, seen_at desc);
