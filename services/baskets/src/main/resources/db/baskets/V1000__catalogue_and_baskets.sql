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

-- One row: how new the newest event is that was taken over.
create table catalogue_progress (
    single       boolean     primary key default true check (single),
    published_at timestamptz not null,
    taken_at     timestamptz not null
);

-- The baskets that can still be changed; made of the events of their streams, from which it can be rebuilt.
create table open_basket (
    id         uuid        primary key,
    touched_at timestamptz not null
);

create index open_basket_by_touch on open_basket (touched_at);
