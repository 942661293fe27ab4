-- What each browser that asked for it is told, once; and what the public page of what people ask says, drawn once a day.

-- One row for each telling of one tip: no telling is handed out twice. Gone with the tip.
create table push_tellings (
  tip_id text not null references tips (id) on delete cascade,
  notice_id text not null references notices (id) on delete cascade,
  -- pending | sent | given-up; sent too where the sender had seen it before asking for pushes
  state text not null,
  tries integer not null default 0,
  -- when it is tried next; null once it is no longer pending
  due_at timestamptz,
  primary key (tip_id, notice_id)
);
create index push_tellings_due on push_tellings (due_at) where state = 'pending';
create index tips_with_push on tips (rumour_id) where push is not null;

alter table rumours
  -- the end of its public address: unlike the id, it tells nothing of when it was first asked
  add column public_id text not null unique default replace(gen_random_uuid()::text, '-', ''),
  -- how often it was asked, in tens; changed once a day, so that no single ask can be seen in it
  add column asked_tens integer not null default 0,
  -- how much it is asked lately, in coarse steps: the order of the public page
  add column asked_rise integer not null default 0,
  -- tens of each of the last weeks, oldest first, by the Monday that they started on
  add column asked_weeks jsonb not null default '[]',
  -- the day of those figures; null: never drawn
  add column asked_on date,
  -- words of the approved wording, for the topic filter
  add column topic_words text[] not null default '{}';
create index rumours_asked on rumours (asked_rise desc, asked_tens desc, public_id) where wording is not null and merged_into is null;
create index rumours_topic on rumours using gin (topic_words) where wording is not null;
