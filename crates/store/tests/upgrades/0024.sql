insert into monthly_cash_flow_profiles
    (user_guid, guid, goals_contribution, uses_estimated_goals_contribution, created_at, updated_at)
values
(
    'USR-11111111-0000-4000-8000-000000000001', 'MCF-aaaaaaaa-0000-4000-8000-000000000001', 9999999999999999, true,
    -1, 253402207200000000
);
