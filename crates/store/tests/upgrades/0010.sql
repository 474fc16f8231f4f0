insert into snapshots (
    guid, name, schema_step, taken_at, pace, keys, piece_count, row_count, size, made_at
) values
(
    'snapshot-1', 'evening', '0010_snapshots', 1772000000000000, '{"frozen":1772000000000000}', {hex f1}, 1, 7, 2,
    1772000000000000
),
(
    'snapshot-2', null, '', 0, '', {hex f2}, 0, 0, 0, 9223372036854775807
);

insert into snapshot_pieces (
    snapshot_guid, number, content
) values
(
    'snapshot-1', 1, {hex f3f3}
),
(
    'snapshot-2', 1, {hex }
);
