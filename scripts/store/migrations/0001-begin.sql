-- Names (syncs, runs, key spaces, reasons …) are stored once and referred to by small integers.
create table name (
  id integer primary key,
  text text not null unique
) strict;

-- This store, and the one worker that may change it. Every lease gets the next fence.
create table store (
  one integer primary key check (one = 1),
  id text not null,
  owner text,
  fence integer not null,
  leased_until integer not null,
  work_sequence integer not null
) strict;

-- The row per (sync, source record).
create table record (
  sync integer not null,
  source text not null,
  own integer not null,
  parents integer not null,
  key_space integer not null,
  key text,
  precedence integer not null,
  hash text,
  outcome integer not null,
  reason integer,
  detail text,
  run integer not null,
  bulk_run integer,
  created_in integer,
  live integer not null,
  settled_at integer not null,
  primary key (sync, source)
) strict, without rowid;

-- Held and failed records are listed often and are few: 4 and 5 are their places in the outcomes.
create index record_problem on record (sync, outcome, source) where outcome >= 4;

-- Claims in order of rank, found by a hash of (key space, key) so that an entry is small; the row has the key itself.
create table claim (
  key_hash integer not null,
  precedence integer not null,
  own integer not null,
  source text not null,
  sync integer not null,
  primary key (key_hash, precedence, own, source, sync)
) strict, without rowid;

-- What commits have changed in the claims since these were last merged into the table above: JSON, one row a commit.
create table claim_change (
  sequence integer primary key,
  changes text not null
) strict;

-- available_at: when it can be leased: its due time, or the end of its lease.
create table work (
  sync integer not null,
  source text not null,
  urgency integer not null,
  due_at integer not null,
  available_at integer not null,
  leased integer not null,
  cause text not null,
  run integer,
  sequence integer not null,
  attempts integer not null,
  first_failed_at integer,
  primary key (sync, source)
) strict, without rowid;
create index work_available on work (sync, urgency, available_at);
create index work_run on work (run) where run is not null;

create table run (
  id integer primary key,
  sync integer not null,
  kind text not null,
  state text not null,
  started_at integer not null,
  finished_at integer,
  expected integer,
  read integer not null,
  created integer not null,
  updated integer not null,
  unchanged integer not null,
  skipped integer not null,
  held integer not null,
  failed integer not null,
  position text,
  pages_done integer not null,
  source_calls integer not null,
  target_calls integer not null
) strict;
create index run_started on run (started_at);

create table run_reason (
  run integer not null,
  reason integer not null,
  count integer not null,
  primary key (run, reason)
) strict, without rowid;

create table sending (
  batch text primary key,
  key_space integer not null,
  keys text not null,
  until integer not null
) strict;

create table cursor (
  name text primary key,
  cursor text not null
) strict, without rowid;

create table seen (
  object integer not null,
  stamp integer not null,
  source text not null,
  deleted integer not null,
  primary key (object, stamp, source, deleted)
) strict, without rowid;

create table parent (
  object integer not null,
  source text not null,
  hash text not null,
  primary key (object, source)
) strict, without rowid;

create table fan_out (
  sequence integer primary key,
  sync integer not null,
  reference text not null,
  parent text not null,
  after_id text,
  again integer not null,
  unique (sync, reference, parent)
) strict;

create table issue (
  sequence integer primary key autoincrement,
  sync integer not null,
  source text not null,
  outcome text not null,
  reason integer,
  detail text,
  run integer not null,
  at integer not null,
  unique (sync, source)
) strict;
