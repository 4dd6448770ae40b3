#!/bin/sh
# Run once by the PostgreSQL image, on an empty data folder: two databases, two roles. The owner migrates; the
# application's role is neither owner nor superuser, so that row-level security holds it.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$GATEWAY_OWNER_PASSWORD" -v app_password="$GATEWAY_APP_PASSWORD" <<'SQL'
CREATE ROLE gateway_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE gateway_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE gateway OWNER gateway_owner;
CREATE DATABASE gateway_keys OWNER gateway_owner;
REVOKE ALL ON DATABASE gateway, gateway_keys FROM PUBLIC;
GRANT CONNECT ON DATABASE gateway, gateway_keys TO gateway_app;
SQL
