create table piece (
    id      uuid primary key,
    stamps  int not null,
    version bigint not null
) with (fillfactor = 80);

insert into piece select uuidv7(), 0, 0 from generate_series(1, 10000);
