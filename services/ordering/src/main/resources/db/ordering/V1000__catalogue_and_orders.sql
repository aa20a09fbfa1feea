-- What stores has told: of each the newest version seen, whatever the order of arrival.
create table catalogue_store (
    id            uuid    primary key,
    version       bigint  not null,
    name          text    not null,
    participating boolean not null
);

create table catalogue_product (
    id       uuid   primary key,
    version  bigint not null,
    store_id uuid   not null,
    -- null in a tombstone: the product was removed, and an event that comes late must not bring it back
    name     text,
    amount   bigint,
    currency text
);

-- The orders as REST shows them; made of the events of their streams, from which it can be rebuilt.
create table orders (
    id               uuid        primary key,
    customer_id      uuid        not null,
    payment_id       uuid        not null,
    shopping_list_id uuid,
    status           text        not null,
    reason           text,
    items            jsonb       not null, -- as in the view
    amount           bigint      not null,
    currency         text        not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    version          bigint      not null  -- of the last event in it
);

create index orders_of_customer on orders (customer_id, id);
create index orders_by_status on orders (status, id);
