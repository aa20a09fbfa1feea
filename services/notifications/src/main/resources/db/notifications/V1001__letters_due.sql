drop index delivery_due;

-- What is still to be sent stands apart from the records, in rows as short as can be: it is what senders claim and
-- change, and a record is written twice only, at its beginning and at its end.
create table delivery_due (
    order_id uuid        not null,
    step     int         not null, -- letters of one order go out in this order
    id       uuid        not null, -- of the delivery
    due_at   timestamptz not null, -- when it may be claimed; at first at once, whatever clocks say
    claimed  boolean     not null default false, -- by a sender, until due_at
    attempts int         not null default 0,
    primary key (order_id, step)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);
create index delivery_due_at on delivery_due (due_at);

insert into delivery_due (order_id, step, id, due_at, attempts)
select order_id, step, id, '-infinity', attempts from delivery where state in ('PENDING', 'SENDING');

alter table delivery drop column due_at;
alter table delivery alter column state set default 'PENDING'; -- then SENT or FAILED; what is due says more
alter table delivery set (fillfactor = 85);
drop index delivery_of_order; -- the unique key serves as well
