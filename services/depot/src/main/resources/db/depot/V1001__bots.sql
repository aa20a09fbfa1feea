-- Every heartbeat updates a row and no index: room on its page keeps those updates off the index.
create table bot (
    id       uuid        primary key,
    name     text        not null unique,
    -- the last sign of life
    heard_at timestamptz not null
) with (fillfactor = 50);

-- who fetches the list, or has fetched it
alter table shopping_list add bot_id uuid references bot (id);

-- A bot has one list at a time; also finds what a bot has.
create unique index shopping_list_in_hand on shopping_list (bot_id) where status = 'ASSIGNED';
