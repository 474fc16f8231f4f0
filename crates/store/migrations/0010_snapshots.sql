-- What a sandbox holds, as it was at a moment, to be put back: every row of every table, in pieces.

create table snapshots (
    guid text primary key,
    -- None while it is being brought from a file.
    name text unique,
    -- The newest step of the schema under which it was made.
    schema_step text not null,
    -- Business time, and how its clock ran: JSON.
    taken_at bigint not null,
    pace text not null,
    -- The key that its sealed values are under, and that of its login fingerprints, sealed.
    keys {blob} not null,
    piece_count bigint not null,
    row_count bigint not null,
    -- Bytes of its pieces.
    size bigint not null,
    -- Machine time; the database's own where it has one.
    made_at bigint not null
);

create table snapshot_pieces (
    snapshot_guid text not null references snapshots (guid) on delete cascade,
    number bigint not null,
    -- Rows of one table, compressed.
    content {blob} not null,
    primary key (snapshot_guid, number)
);
