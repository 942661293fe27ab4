-- What people decided about rumours that may be one, and counts that lists are read by.

alter table tips
  -- the rumour that its own one may be the same as, until a person says so or not
  add column maybe_of text references rumours (id) on delete set null,
  -- the rumours that it was merged out of by a person, the last one at the end: by these a merge is taken back
  add column homes text[] not null default '{}';
create index tips_by_suggestion on tips (maybe_of) where maybe_of is not null;

-- Counts what left a rumour, or came otherwise than by being sent: whoever holds its messages in memory reads them anew.
alter table rumours add column moves integer not null default 0;
create index rumours_by_merge on rumours (merged_into) where merged_into is not null;
create index rumours_by_lang on rumours (lang) where state = 'open' and merged_into is null;

-- Two rumours that a person said are not the same: nothing suggests or joins them again.
create table rumours_apart (
  one text not null references rumours (id) on delete cascade,
  other text not null references rumours (id) on delete cascade,
  primary key (one, other),
  check (one < other)
);
create index rumours_apart_by_other on rumours_apart (other);

-- What rumour_asks and tips add up to, kept by the triggers below.
create table rumour_days (
  rumour_id text not null references rumours (id) on delete cascade,
  day date not null,
  asks integer not null,
  wordings integer not null,
  primary key (rumour_id, day)
);
create table rumour_langs (
  rumour_id text not null references rumours (id) on delete cascade,
  lang text not null,
  tips integer not null,
  primary key (rumour_id, lang)
);
insert into rumour_days select rumour_id, day, sum(asks), count(*) from rumour_asks group by rumour_id, day;
insert into rumour_langs select rumour_id, lang, count(*) from tips where lang is not null group by rumour_id, lang;

create function count_asks() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into rumour_days as d (rumour_id, day, asks, wordings)
      select rumour_id, day, sum(asks), count(*) from added group by rumour_id, day order by rumour_id, day
      on conflict (rumour_id, day) do update set asks = d.asks + excluded.asks, wordings = d.wordings + excluded.wordings;
  end if;
  if tg_op <> 'INSERT' then
    update rumour_days d set asks = d.asks - g.asks, wordings = d.wordings - g.wordings
      from (select rumour_id, day, sum(asks) as asks, count(*) as wordings from gone group by rumour_id, day) g
      where d.rumour_id = g.rumour_id and d.day = g.day;
    delete from rumour_days d using (select distinct rumour_id, day from gone) g
      where d.rumour_id = g.rumour_id and d.day = g.day and d.wordings <= 0;
  end if;
  return null;
end $$;
create trigger count_added_asks after insert on rumour_asks
  referencing new table as added for each statement execute function count_asks();
create trigger count_changed_asks after update on rumour_asks
  referencing old table as gone new table as added for each statement execute function count_asks();
create trigger count_gone_asks after delete on rumour_asks
  referencing old table as gone for each statement execute function count_asks();

create function count_tips() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into rumour_langs as l (rumour_id, lang, tips)
      select rumour_id, lang, count(*) from added where lang is not null group by rumour_id, lang order by rumour_id, lang
      on conflict (rumour_id, lang) do update set tips = l.tips + excluded.tips;
    return null;
  end if;
  if tg_op = 'UPDATE' then
    if not exists (select from added a join gone g using (id) where a.rumour_id <> g.rumour_id) then
      return null;
    end if;
    insert into rumour_langs as l (rumour_id, lang, tips)
      select a.rumour_id, a.lang, count(*) from added a join gone g using (id)
      where a.rumour_id <> g.rumour_id and a.lang is not null group by a.rumour_id, a.lang order by a.rumour_id, a.lang
      on conflict (rumour_id, lang) do update set tips = l.tips + excluded.tips;
    update rumour_langs l set tips = l.tips - m.tips
      from (select g.rumour_id, g.lang, count(*) as tips from gone g join added a using (id)
        where a.rumour_id <> g.rumour_id group by g.rumour_id, g.lang) m
      where l.rumour_id = m.rumour_id and l.lang = m.lang;
    update rumours r set moves = r.moves + 1 where r.id in (
      select unnest(array[a.rumour_id, g.rumour_id]) from gone g join added a using (id) where a.rumour_id <> g.rumour_id);
  else
    update rumour_langs l set tips = l.tips - m.tips
      from (select rumour_id, lang, count(*) as tips from gone group by rumour_id, lang) m
      where l.rumour_id = m.rumour_id and l.lang = m.lang;
    update rumours r set moves = r.moves + 1 where r.id in (select rumour_id from gone);
  end if;
  delete from rumour_langs l using (select distinct rumour_id from gone) g where l.rumour_id = g.rumour_id and l.tips <= 0;
  return null;
end $$;
create trigger count_added_tips after insert on tips
  referencing new table as added for each statement execute function count_tips();
create trigger count_moved_tips after update on tips
  referencing old table as gone new table as added for each statement execute function count_tips();
create trigger count_gone_tips after delete on tips
  referencing old table as gone for each statement execute function count_tips();

-- Goes up with every change of any rumour, as late as may be: an open inbox compares it and reads no rumour for that.
create sequence rumour_changes;
create function mark_rumours() returns trigger language plpgsql as $$
begin
  perform nextval('rumour_changes');
  return null;
end $$;
create constraint trigger mark_rumours after insert or update or delete on rumours
  deferrable initially deferred for each row execute function mark_rumours();
