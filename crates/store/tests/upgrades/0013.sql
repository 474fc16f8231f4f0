update accounts set given = '{"name":"Zoë''s account","balance":-1.5}'
where guid = 'ACT-55555555-0000-4000-8000-000000000001';

update transactions set given = 31, marks = 9223372036854775806, memo = 'für ''uns''', metadata = '', is_hidden = true,
    has_been_split = true, parent_guid = 'TRN-none'
where guid = 'TRN-66666666-0000-4000-8000-000000000001';
