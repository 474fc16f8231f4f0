insert into alert_settings (user_guid, notification_type, threshold, channels) values
    ('USR-11111111-0000-4000-8000-000000000001', 6, 9223372036854775807, 30),
    ('USR-11111111-0000-4000-8000-000000000001', 1, null, 0);
