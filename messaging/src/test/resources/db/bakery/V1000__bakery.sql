create table loaf (
    id     bigint generated always as identity primary key,
    mood   text not null,
    loaves int not null
);
