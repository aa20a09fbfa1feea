-- One row per instance, small and often rewritten. No index covers what changes with every reply, and pages keep
-- room, so that PostgreSQL can update in place (HOT).
create table saga (
    id                 uuid primary key,
    definition         text not null,
    -- an instance is played by the version it began with
    definition_version int not null,
    -- what the saga is about; with the definition it makes the id, so that a second start finds the first
    business_key       uuid not null,
    status             text not null,
    -- where it stands, for people; null when it has ended
    step               text,
    -- names of the steps that were or may have been done and not undone since, in their order
    begun              jsonb not null,
    -- the commands whose replies are awaited: [{command, step, kind, attempt}]
    outstanding        jsonb not null,
    -- grows by one with every line of history; the last line's seq
    version            int not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
) with (fillfactor = 70);

create index saga_by_status on saga (status, id);
create index saga_by_business_key on saga (business_key);

-- Apart from the row above because most replies do not change it. No foreign keys here and below: the rows are written
-- in one transaction, and a check per row would lock what is locked already.
create table saga_draft (
    saga_id uuid primary key,
    data    jsonb not null
);

-- Only ever appended to.
create table saga_history (
    saga_id      uuid not null,
    seq          int not null,
    at           timestamptz not null,
    -- null when the line is about the saga as a whole
    step         text,
    kind         text not null,
    -- wire name of the command or reply
    message_type text,
    outcome      text not null,
    attempt      int not null,
    message_id   uuid,
    detail       text,
    primary key (saga_id, seq)
);
