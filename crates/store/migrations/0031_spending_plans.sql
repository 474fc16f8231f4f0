-- Spending plans of users: what is planned month by month, and the accounts that feed it.

create table spending_plans (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    current_iteration_number bigint not null,
    -- When the next month of its user begins.
    next_turn_at bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
-- A user has one.
create unique index spending_plans_by_user on spending_plans (user_guid);
create index spending_plans_by_turn on spending_plans (next_turn_at);

create table spending_plan_accounts (
    user_guid text not null,
    guid text not null,
    spending_plan_guid text not null,
    account_guid text not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, spending_plan_guid) references spending_plans (user_guid, guid) on delete cascade,
    foreign key (user_guid, account_guid) references accounts (user_guid, guid) on delete cascade
);
create unique index spending_plan_accounts_by_plan on spending_plan_accounts (user_guid, spending_plan_guid, account_guid);

-- One month of a plan each.
create table spending_plan_iterations (
    user_guid text not null,
    guid text not null,
    spending_plan_guid text not null,
    iteration_number bigint not null,
    start_on bigint not null,
    end_on bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, spending_plan_guid) references spending_plans (user_guid, guid) on delete cascade
);
create unique index spending_plan_iterations_by_number
    on spending_plan_iterations (user_guid, spending_plan_guid, iteration_number);

create table spending_plan_items (
    user_guid text not null,
    guid text not null,
    number bigint not null,
    spending_plan_iteration_guid text not null,
    item_type bigint,
    planned_amount bigint not null,
    category_guid text,
    top_level_category_guid text,
    scheduled_payment_guid text,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid),
    foreign key (user_guid, spending_plan_iteration_guid)
        references spending_plan_iterations (user_guid, guid) on delete cascade
);
create index spending_plan_items_by_iteration on spending_plan_items (user_guid, spending_plan_iteration_guid, number);
