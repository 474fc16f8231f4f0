-- What users set aside for their goals each month, one for each user.

create table monthly_cash_flow_profiles (
    user_guid text not null primary key references users (guid) on delete cascade,
    guid text not null,
    goals_contribution bigint not null,
    uses_estimated_goals_contribution boolean not null,
    created_at bigint not null,
    updated_at bigint not null
);
