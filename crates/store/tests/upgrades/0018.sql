update transactions set merged_from = 'ACT-none' where guid = 'TRN-66666666-0000-4000-8000-000000000001';

insert into account_merges (user_guid, account_guid, into_guid, told_from, told_through, at) values (
    'USR-11111111-0000-4000-8000-000000000001', 'ACT-55555555-0000-4000-8000-000000000002',
    'ACT-55555555-0000-4000-8000-000000000001', -719162, 2932896, 1772000000000000
);
