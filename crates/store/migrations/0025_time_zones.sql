-- Where the days and months of users begin: names of the IANA database. A user without one has that of its client, and a
-- client without one has UTC.

alter table clients add column time_zone text;
alter table users add column time_zone text;
