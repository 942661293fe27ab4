-- Where an embedder is set: what a model made of each review's claim and title. Nothing of a message or a tip.
create sequence claim_review_vector_numbers;

create table claim_review_vectors (
  claim_review_id text primary key references claim_reviews (id) on delete cascade,
  -- vectors of different models or lengths are never compared
  model text not null,
  dimension integer not null,
  -- sha-256 over the text that the vector is of
  text_hash bytea not null,
  -- a signed byte a number; null: the model had none to give for this text
  vector bytea check (octet_length(vector) = dimension),
  -- change_number of the review when this was made or last found good
  review_change bigint not null,
  -- rises with every write, in the order of commits: readers go on from here
  number bigint not null
);
create index claim_review_vectors_by_number on claim_review_vectors (number);
