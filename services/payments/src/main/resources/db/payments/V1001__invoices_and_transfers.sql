alter table payment
    -- what the gateway holds and has not taken or let go yet
    add column held bigint not null default 0,
    -- what the gateway has taken
    add column captured bigint not null default 0,
    -- what of it was given back
    add column refunded bigint not null default 0,
    -- under which the gateway knows the capture
    add column capture_id text,
    -- the capture that is under way and of which nobody knows the end yet
    add column capturing uuid,
    -- asked for while a capture was under way: done when that has ended
    add column to_be_returned boolean not null default false,
    -- what its order has to pay
    add column invoice_id uuid;

update payment set held = amount;

alter table payment add constraint payment_adds_up
    check (held >= 0 and refunded >= 0 and refunded <= captured and held + captured <= amount);

create table invoice (
    id uuid primary key,
    order_id uuid not null unique,
    payment_id uuid not null references payment,
    customer_id uuid not null,
    -- what is to be paid, in minor units
    amount bigint not null check (amount > 0),
    currency text not null,
    -- ISSUED, PAID, CANCELLED
    status text not null,
    -- counts the changes, told with each of them
    version bigint not null,
    issued_at timestamptz not null,
    changed_at timestamptz not null
);

-- What the gateway is told to do with held money: written before it is told, so that a crash forgets nothing.
create table transfer (
    -- also the reference under which the gateway does it once
    id uuid primary key,
    payment_id uuid not null references payment,
    -- CAPTURE, VOID, REFUND
    kind text not null,
    -- the gateway's id of the authorization, or for a refund of the capture
    subject text not null,
    amount bigint not null check (amount > 0),
    currency text not null,
    -- PENDING, DONE, DECLINED
    status text not null,
    -- why it was declined, or why the last attempt had no answer
    reason text,
    attempts integer not null,
    recorded_at timestamptz not null,
    -- from when on another attempt may be made: an attempt under way has this time to end
    next_attempt_at timestamptz not null
);
create index transfer_due on transfer (next_attempt_at) where status = 'PENDING';
create index transfer_payment on transfer (payment_id);
create unique index transfer_once on transfer (payment_id, kind) where status <> 'DECLINED';
