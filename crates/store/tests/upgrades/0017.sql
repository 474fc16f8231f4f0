update accounts set is_blocked = true where guid = 'ACT-55555555-0000-4000-8000-000000000002';
