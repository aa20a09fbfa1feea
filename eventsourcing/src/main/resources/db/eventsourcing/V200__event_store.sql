-- What has happened, in the order in which it was written. Rows are only ever added.
create table event (
    position       bigint generated always as identity primary key, -- the global order in which projections are rebuilt
    stream_id      uuid        not null,
    version        bigint      not null, -- 1, 2, 3, ... within the stream
    aggregate      text        not null, -- the name of the AggregateType
    type           text        not null,
    type_version   integer     not null, -- the shape of data; older shapes are upcast when read
    data           jsonb       not null,
    occurred_at    timestamptz not null,
    actor          text,
    correlation_id uuid,
    causation_id   uuid,
    reason         text,
    -- Of two who save the same version at once, one breaks here.
    unique (stream_id, version)
);

-- The newest state of long streams, to shorten their reading. May be emptied at any time.
create table snapshot (
    stream_id uuid primary key,
    version   bigint  not null, -- of the last event in it
    shape     integer not null, -- of state; another shape than the code's is not read
    state     jsonb   not null
);
