insert into ach_files (
    number, made_at, day, place, effective_on, last_sequence, content, staged_as, written_at
) values
(1, 1772000000000000, 20508, 0, 20509, 3, null, '00ff00ff00ff00ff', 1772000000000001),
(2, 1772003600000000, 20508, 1, 20509, 6, '101 122105155', null, null);
insert into ach_entries (
    user_guid, micro_deposit_guid, place, amount, ordered_at, file_number, sequence, return_code, change_code, corrected
) values
(
    'USR-11111111-0000-4000-8000-000000000001', 'MIC-77777777-0000-4000-8000-000000000001', 1, 900, 1772000000000000, 1,
    1, null, 'C01', '333312346'
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MIC-77777777-0000-4000-8000-000000000003', 1, 100, 1772000000000000, 1,
    2, 'R03', null, null
),
(
    'USR-11111111-0000-4000-8000-000000000001', 'MIC-77777777-0000-4000-8000-000000000003', 2, 9900, 1772000000000000,
    null, null, null, null, null
);
