-- The sentences of a translation cite evidence, as the original's do; until now it was a text without citations.
alter table verdicts disable trigger keep_verdict;
update verdicts set content = jsonb_set(content, '{translations}', (
  select jsonb_agg(jsonb_set(one, '{answer}', (
    select coalesce(jsonb_agg(jsonb_build_object('text', btrim(line), 'evidence', '[]'::jsonb)), '[]')
    from regexp_split_to_table(one ->> 'answer', '\n+') line where btrim(line) <> ''
  )) order by place)
  from jsonb_array_elements(content -> 'translations') with ordinality as list (one, place)
))
where jsonb_array_length(content -> 'translations') > 0;
set constraints all immediate;
alter table verdicts enable trigger keep_verdict;
