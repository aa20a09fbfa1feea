create table balance (
    account_id uuid primary key,
    owner      text   not null,
    amount     bigint not null
);
