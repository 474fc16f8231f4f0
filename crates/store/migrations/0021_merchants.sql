-- Merchants that an operator adds to the catalogue that comes with the program, or puts in place of its own.

create table merchants (
    guid text not null primary key,
    -- The lines of a catalogue file that make it: category, name, patterns, marks and places.
    entry text not null,
    created_at bigint not null,
    updated_at bigint not null
);

alter table transactions add column merchant_guid text;
alter table transactions add column merchant_location_guid text;
-- Of a series of payments that come again and again; null as long as none was found.
alter table transactions add column is_recurring boolean;
-- By what the row was last found to be what its feed tells, or to be new.
alter table transactions add column matched_by text;
