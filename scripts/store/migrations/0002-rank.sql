-- A record's place among those who claim its key, where it is not that of its own stamp. In the table of claims, `own`
-- holds that place: the rank, or the own stamp of a record that has none.
alter table record add column rank integer;

-- Whether the claims of a key space are ordered by ranks.
create index record_ranked on record (key_space) where rank is not null;
