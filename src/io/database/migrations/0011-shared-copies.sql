-- Whether readers may fetch the archived copies of the evidence that a published review cites: other people's works, so
-- nothing goes out before the organisation says so.
alter table organisations add column share_copies boolean not null default false;
