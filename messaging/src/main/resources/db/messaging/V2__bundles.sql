-- The outbox keeps one row per transaction instead of one per message: a bundle. What was still to be published goes
-- along, each message as a bundle of one, beside the days: with an id of no time, in the default partition.
create temporary table left_behind on commit drop as
select o.*, p.position from outbox_pending p join outbox o on o.id = p.id;
drop table outbox_pending;
drop table outbox;

-- What was sent, as JSON: kept for a window after publication, to answer a repeated command with the reply of the first
-- time (inbox.bundle leads there) and to publish again what the broker forgot. Append-only; cleaned by dropping
-- partitions.
create table outbox (
    id       uuid not null, -- UUIDv7 of the time of the transaction
    size     int  not null, -- how many messages
    kinds    text not null, -- how their subjects begin, such as 'cmd. evt.'
    messages text not null,
    primary key (id)
) partition by range (id);
create table outbox_default partition of outbox default;

-- Bundles that are still to be published: deleted after the broker's acknowledgement. The only hot part of the outbox.
create table outbox_pending (
    position   bigint generated always as identity primary key,
    bundle     uuid not null,
    subjects   text, -- of which only messages with this beginning; null for all
    written_at timestamptz not null default now()
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000);

with kept as (
    insert into outbox (id, size, kinds, messages)
    select ('00000000-0000-7' || substr(gen_random_uuid()::text, 16))::uuid, 1, split_part(subject, '.', 1) || '.',
           json_build_array(json_build_object(
               'subject', subject,
               'headers', json_strip_nulls(json_build_object(
                   'Message-Id', id, 'Type', type, 'Source', '${flyway:defaultSchema}', 'Key', key,
                   'Correlation-Id', correlation_id, 'Causation-Id', causation_id, 'Conversation-Id', conversation_id,
                   'Reply-To-Endpoint', reply_to, 'traceparent', traceparent)),
               'body', convert_from(body, 'UTF8')::json))::text
      from left_behind order by position
    returning id)
insert into outbox_pending (bundle, written_at) select id, '-infinity' from kept;

-- Where the reply to a command is; null for other messages.
alter table inbox add column bundle uuid;
