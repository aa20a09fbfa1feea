create table payment (
    id uuid primary key,
    customer_id uuid not null,
    -- what was authorised, in minor units
    amount bigint not null check (amount > 0),
    currency text not null,
    -- the gateway's word for the way to pay
    method text not null,
    -- under which the gateway knows it
    authorization_id text not null,
    -- AUTHORIZED, CONFIRMED, CAPTURED, VOIDED, REFUNDED
    status text not null,
    -- the one order it is confirmed for
    order_id uuid,
    -- orders that have given it up: a confirm that was overtaken by its release must not bind it any more
    released_orders uuid[] not null,
    version bigint not null
);
