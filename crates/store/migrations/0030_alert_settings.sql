-- What users want to be alerted of, where that is not what all are.

create table alert_settings (
    user_guid text not null references users (guid) on delete cascade,
    notification_type bigint not null,
    -- In whole units; none where there is none to set.
    threshold bigint,
    -- One bit for each channel.
    channels bigint not null,
    primary key (user_guid, notification_type)
);
