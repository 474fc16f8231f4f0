-- Putting a sandbox back: what tells the time after it from the time before.

-- Grows by one each time. What is in hands since an older number, or was derived at one, no longer counts where the rows
-- behind it went.
create table epoch (
    number bigint not null
);
insert into epoch (number) values (0);

-- The epoch in which a worker last took it.
alter table jobs add column epoch bigint not null default 0;
alter table webhook_messages add column epoch bigint not null default 0;

-- Endpoints ever made, apart from the users, whose numbers begin anew.
alter table clients add column endpoints_made bigint not null default 0;
update clients set endpoints_made = children_made;

-- Came by the control face, and goes when everything is put back.
alter table institutions add column is_uploaded boolean not null default false;
