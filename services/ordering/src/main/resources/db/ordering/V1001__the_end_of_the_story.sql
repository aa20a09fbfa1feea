alter table orders add column invoice_id uuid;

-- Completed, rejected and cancelled orders stay as they are: those before some moment are counted once and for all.
create table finished_orders (
    status        text        primary key,
    settled_until timestamptz not null, -- orders that were last changed before this are in the count
    settled       bigint      not null
);

insert into finished_orders (status, settled_until, settled)
values ('COMPLETED', '-infinity', 0), ('REJECTED', '-infinity', 0), ('CANCELLED', '-infinity', 0);

create index orders_finished on orders (status, updated_at) where status in ('COMPLETED', 'REJECTED', 'CANCELLED');
