-- Consents whose members are gone, until their institutions have them back.

create table returning_consents (
    -- Whose it was. User and member may be gone.
    user_guid text not null,
    member_guid text not null,
    credential_guid text not null,
    institution_guid text not null,
    -- The tokens, sealed as the member's credential that they were.
    value {blob} not null,
    -- When it is tried, and how often that came to nothing.
    due_at bigint not null,
    failures bigint not null,
    -- Until when somebody is at it; machine time.
    lease_until bigint,
    primary key (user_guid, member_guid, credential_guid)
);
create index returning_consents_by_due on returning_consents (due_at);
