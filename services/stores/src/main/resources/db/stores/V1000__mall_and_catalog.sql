-- The stores as they are now. Made of the events; see POST /api/stores/projections/mall/rebuild.
create table mall (
    id            uuid primary key,
    version       bigint  not null, -- of the stream
    name          text    not null,
    location      text    not null,
    participating boolean not null
);

create index mall_by_participation on mall (participating, id);

-- The products that are for sale now. Made of the events as well.
create table catalog (
    id          uuid primary key,
    version     bigint not null, -- of the stream
    store_id    uuid   not null,
    name        text   not null,
    description text   not null,
    sku         text   not null,
    amount      bigint not null, -- of the price, in minor units
    currency    text   not null,
    -- Of two who add the same sku at once, one breaks here.
    unique (store_id, sku)
);

create index catalog_by_store on catalog (store_id, id);
