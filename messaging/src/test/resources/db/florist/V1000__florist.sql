create table flower (name text primary key);
