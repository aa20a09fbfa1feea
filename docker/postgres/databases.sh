#!/bin/sh
# Run once, on new data: a database for each service and a user for each, who gets into it and into no other.
set -eu
psql -v ON_ERROR_STOP=1 -d postgres -c 'revoke connect on database postgres, template1 from public'
for service in customers stores baskets ordering depot payments notifications search orchestrator; do
  variable=$(echo "$service" | tr '[:lower:]' '[:upper:]')_PASSWORD
  eval "password=\$$variable"
  psql -v ON_ERROR_STOP=1 -v name="emporium_$service" -v password="$password" -d postgres <<'SQL'
    create role :"name" login password :'password';
    create database :"name" owner :"name";
    revoke all on database :"name" from public;
SQL
done
