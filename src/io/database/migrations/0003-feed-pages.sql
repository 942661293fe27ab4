-- The pages that a feed or a sitemap lists: which were read, which wait, so that only new and updated ones are asked for.

create table feed_pages (
  feed_id text not null references feeds (id) on delete cascade,
  url text not null,
  -- page, or sitemap: one that a sitemap index lists
  kind text not null,
  -- the feed's own mark of the latest change, as written there; null when it gives none
  mark text,
  -- waiting | read | failed
  state text not null,
  failures integer not null default 0,
  -- one clear sentence; null after a good reading
  last_error text,
  etag text,
  last_modified text,
  read_at timestamptz,
  -- when the feed last listed it
  listed_at timestamptz not null,
  primary key (feed_id, url)
);
create index feed_pages_waiting on feed_pages (feed_id, failures, listed_at) where state = 'waiting';
