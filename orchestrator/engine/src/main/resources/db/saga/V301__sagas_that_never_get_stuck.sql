-- What deadlines, cancels and finished sagas need. One index finds all that is due.
alter table saga
    -- when the whole saga should have ended; null when it has no such time, or when that has passed
    add column deadline timestamptz,
    -- why it was to be cancelled when it was past its pivot
    add column cancelled text,
    -- whether something in it has taken longer than it may
    add column late boolean not null default false,
    -- of the message that began it, for the commands that a deadline leads to
    add column correlation_id uuid,
    -- when somebody has to look at it at the latest. Moved only to become earlier, or when it has come: most replies
    -- leave it as it is, so that the update stays in place
    add column next_wakeup_at timestamptz;

create index saga_by_wakeup on saga (next_wakeup_at) where next_wakeup_at is not null;

-- Commands that are out get the deadline that they had not.
update saga
set next_wakeup_at = now(),
    outstanding = coalesce((
        select jsonb_agg(command || jsonb_build_object(
            'failures', 0, 'state', 'OUT', 'late', false,
            'since', to_char(updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'next', to_char(now() at time zone 'utc' + interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
        from jsonb_array_elements(outstanding) command), '[]');

-- Finished sagas, as their last row was. Cut by the time in the id (UUIDv7) and cleaned by dropping partitions; the
-- default partition takes ids of days that have none.
create table saga_archive (
    id                 uuid not null primary key,
    definition         text not null,
    definition_version int not null,
    business_key       uuid not null,
    status             text not null,
    cancelled          text,
    -- grows with replies that come after the end
    version            int not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
) partition by range (id);

create table saga_archive_default partition of saga_archive default;
create index saga_archive_by_status on saga_archive (status, id);
create index saga_archive_by_business_key on saga_archive (business_key);

-- The history, cut in the same way. Rows that are there already wait in the default partition until their days are made.
alter table saga_history rename to saga_history_default;
alter index saga_history_pkey rename to saga_history_default_pkey;

create table saga_history (like saga_history_default including all) partition by range (saga_id);
alter table saga_history attach partition saga_history_default default;

-- What each version of a definition looked like, to refuse a change that would break its unfinished sagas.
create table saga_definition (
    name    text not null,
    version int not null,
    -- one fact a line
    shape   text not null,
    primary key (name, version)
);
