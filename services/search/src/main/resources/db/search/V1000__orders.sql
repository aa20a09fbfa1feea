-- Who the customers are, as customers has told: of each the newest version seen, whatever the order of arrival.
create table customer (
    id      uuid   primary key,
    version bigint not null,
    name    text   not null
);

-- The read model as a whole can be made anew beside the one that is read: each such making is a generation, with
-- tables of its own (orders_1, order_store_1, order_product_1).
create table generation (
    number      int         primary key,
    -- BUILDING: being filled, and kept up to date. LIVE: the one that is read. RETIRED: replaced; its tables go soon.
    -- FAILED: given up. GONE: replaced, without tables.
    state       text        not null,
    started_at  timestamptz not null,
    progress_at timestamptz not null, -- a builder that makes none any more has died
    finished_at timestamptz,
    orders      bigint      not null default 0,
    failure     text
);

create unique index generation_once on generation (state) where state in ('BUILDING', 'LIVE');

-- The three tables that follow stay empty: they are the pattern for those of each generation.
create table orders (
    id               uuid        primary key,
    version          bigint      not null, -- of the newest change in it
    status           text        not null,
    reason           text,
    customer_id      uuid        not null,
    customer_name    text,                 -- null until it is known; empty if there is no such customer
    payment_id       uuid        not null,
    shopping_list_id uuid,
    invoice_id       uuid,
    items            jsonb,                -- null until the creation is known, should a change have come before it
    names            text,                 -- of products and stores, for the words
    amount           bigint      not null,
    currency         text        not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    -- No language's grammar: names are names.
    words            tsvector    generated always as (
        to_tsvector('simple', coalesce(customer_name, '') || ' ' || coalesce(names, ''))) stored
);

create index on orders (created_at, id);
create index on orders (customer_id, created_at, id);
create index on orders (status, created_at, id);
create index on orders (amount, created_at, id);
create index on orders (customer_id) where customer_name is null;
-- A short list of what is not yet in the index proper, because each search reads all of it.
create index on orders using gin (words) with (gin_pending_list_limit = 256);

-- Which stores and products an order is of, in the order in which a search wants them.
create table order_store (
    store_id   uuid        not null,
    created_at timestamptz not null,
    order_id   uuid        not null,
    primary key (store_id, created_at, order_id)
);

create table order_product (
    product_id uuid        not null,
    created_at timestamptz not null,
    order_id   uuid        not null,
    primary key (product_id, created_at, order_id)
);

create table orders_1 (like orders including all);
create table order_store_1 (like order_store including all);
create table order_product_1 (like order_product including all);

insert into generation (number, state, started_at, progress_at, finished_at) values (1, 'LIVE', now(), now(), now());
