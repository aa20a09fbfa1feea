-- What was received. One row per consumer and message, written with the effects of the message, so that a second
-- delivery is known. Cut by the time in the message id (UUIDv7): cleaned by dropping partitions. No default
-- partition: a message too old to be known as new or seen must not slip in as new.
create table inbox (
    message_id uuid not null,
    consumer   text not null,
    primary key (message_id, consumer)
) partition by range (message_id);

-- What was sent: kept for a window after publication, to answer a repeated command with the reply of the first time
-- and to publish again what the broker forgot. Append-only; cleaned by dropping partitions.
create table outbox (
    id              uuid not null,
    subject         text not null,
    type            text not null,
    key             uuid not null,
    correlation_id  uuid not null,
    causation_id    uuid,
    conversation_id uuid,
    reply_to        text,
    traceparent     text,
    body            bytea not null,
    primary key (id)
) partition by range (id);

-- Replies take the time of their command, which may be older than every partition.
create table outbox_default partition of outbox default;

-- What is still to be published: one short row per message, written with the message, deleted after the broker's
-- acknowledgement. The only hot part of the outbox.
create table outbox_pending (
    position   bigint generated always as identity primary key,
    id         uuid not null,
    written_at timestamptz not null default now()
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);

-- Messages that could not be handled after all attempts, for a person to look at, replay or discard.
create table parked_message (
    id              uuid primary key,
    message_id      uuid not null,
    consumer        text not null,
    subject         text not null,
    type            text,
    source          text,
    key             uuid,
    correlation_id  uuid,
    causation_id    uuid,
    conversation_id uuid,
    reply_to        text,
    traceparent     text,
    body            bytea not null,
    reason          text not null,
    stack           text not null,
    attempts        int not null,
    parked_at       timestamptz not null,
    status          text not null check (status in ('PARKED', 'REPLAYED', 'DISCARDED')),
    resolved_at     timestamptz,
    resolved_why    text, -- what the operator said
    unique (message_id, consumer)
);
create index parked_message_open on parked_message (id) where status = 'PARKED';

-- How far this service knows the broker to have come. A stream that is younger or shorter than that has forgotten
-- acknowledged messages.
create table broker_stream (
    stream        text primary key,
    created       timestamptz not null,
    last_sequence bigint not null
);
