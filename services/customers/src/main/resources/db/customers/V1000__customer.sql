create table customer (
    id uuid primary key,
    name text not null,
    email text not null,
    sms_number text not null,
    -- a disabled customer keeps everything but may not order
    enabled boolean not null,
    -- counts the changes, so that of two at once one is told to look again
    version bigint not null
);
