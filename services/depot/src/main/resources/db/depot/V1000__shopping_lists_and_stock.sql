create table shopping_list (
    id       uuid primary key,
    order_id uuid  not null unique,
    status   text  not null,
    stops    jsonb not null,
    -- product to quantity: what was taken of limited stock, exactly what a cancel gives back
    reserved jsonb not null
);

create index shopping_list_by_status on shopping_list (status, id);

-- A hot product's row is updated with every batch: room on its page keeps those updates off the index.
create table stock (
    product_id uuid primary key,
    -- what the shelves hold, promised or not
    quantity   bigint not null,
    -- what is promised to open shopping lists
    reserved   bigint not null,
    check (reserved between 0 and quantity)
) with (fillfactor = 50);
