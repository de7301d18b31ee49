-- What a run's calls were for: finding records, telling flows, showing the run in the org.
alter table run add column look_up_calls integer not null default 0;
alter table run add column tell_calls integer not null default 0;
alter table run add column report_calls integer not null default 0;

-- Records of the org that got new values, of which its flows have not been told yet.
create table announcement (
  sequence integer primary key autoincrement,
  system integer not null,
  record text not null,
  run integer not null,
  at integer not null,
  unique (system, record)
) strict;
