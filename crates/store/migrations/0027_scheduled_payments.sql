-- The payments that users expect: those that a client made, and those that follow from their transactions.

create table scheduled_payments (
    user_guid text not null references users (guid) on delete cascade,
    guid text not null,
    amount bigint not null,
    description text not null,
    occurs_on bigint not null,
    transaction_type bigint not null,
    is_completed boolean not null,
    is_recurring boolean,
    merchant_guid text,
    recurrence_type bigint,
    recurrence_day bigint,
    -- No client has made or changed it.
    is_predicted boolean not null,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (user_guid, guid)
);
create index scheduled_payments_by_creation on scheduled_payments (user_guid, created_at, guid);
create unique index scheduled_payments_open on scheduled_payments (user_guid, merchant_guid)
    where merchant_guid is not null and not is_completed;

-- Merchants of which a user wants no payment to be predicted.
create table dismissed_predictions (
    user_guid text not null references users (guid) on delete cascade,
    merchant_guid text not null,
    primary key (user_guid, merchant_guid)
);

-- What payments are predicted by.
create index transactions_recurring on transactions (user_guid, date) where is_recurring and deleted_at is null;
