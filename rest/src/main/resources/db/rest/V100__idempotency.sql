create table idempotency_key (
    -- method and path: the same key on another path is another request
    endpoint text not null,
    key text not null,
    -- SHA-256 of the body: the same key with another body is a mistake of the client
    request bytea not null,
    -- the first answer; null only inside the transaction that makes it
    status int,
    location text,
    -- JSON as it was sent, character by character
    body text,
    created_at timestamptz not null,
    primary key (endpoint, key)
);

create index idempotency_key_by_age on idempotency_key (created_at);
