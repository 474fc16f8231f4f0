-- Accounts of which their user wants to know nothing more.

alter table accounts add column is_blocked boolean not null default false;
