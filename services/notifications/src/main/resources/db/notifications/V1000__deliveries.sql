-- Whom to write to, as customers has told: of each the newest version seen, whatever the order of arrival.
create table addressee (
    id      uuid   primary key,
    version bigint not null,
    name    text   not null,
    email   text   not null
);

create table delivery (
    id          uuid        primary key,
    event_id    uuid        not null, -- the message that led to it
    order_id    uuid        not null,
    customer_id uuid        not null,
    occasion    text        not null,
    step        int         not null, -- the occasion's place in an order's life: earlier letters go first
    channel     text        not null,
    facts       jsonb       not null, -- what the letter tells, as it was when it happened
    -- PENDING: to be sent. SENDING: claimed by a sender until due_at. SENT and FAILED: the end.
    state       text        not null,
    due_at      timestamptz not null, -- when it may be claimed, for the first time or again
    attempts    int         not null default 0,
    recipient   text,                 -- to whom it went in the end
    subject     text,
    detail      text,                 -- why the last attempt did not succeed
    created_at  timestamptz not null,
    sent_at     timestamptz,
    unique (order_id, occasion, channel) -- an order is told of each occasion once, however many events tell of it
);

create index delivery_due on delivery (due_at) where state in ('PENDING', 'SENDING');
create index delivery_of_customer on delivery (customer_id, id);
create index delivery_of_order on delivery (order_id, id);
