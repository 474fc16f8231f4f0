-- What the step itself wrote into earlier rows gives way: these rows are the same whenever they come.
update members set next_refresh_at = null;
update members set next_refresh_at = 1772072000000000 where guid = 'MBR-22222222-0000-4000-8000-000000000004';
update clients set background_aggregation_is_disabled = true where client_id = 'acme';
update institutions set background_aggregation_is_disabled = true
where guid = 'INS-77777777-0000-4000-8000-000000000002';
update jobs set purge_at = null;
update jobs set is_background = true, purge_at = 9223372036854775807
where guid = 'JOB-44444444-0000-4000-8000-000000000003';
