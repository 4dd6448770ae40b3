#!/bin/sh
# Run once by the PostgreSQL image, on an empty data folder: two databases, three roles. The owner migrates; the
# application's role is neither owner nor superuser, so that row-level security holds it; the operator API's role does
# not reach the keys at all. For a folder that is not empty, docs/operations.md says how the third role is added.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$GATEWAY_OWNER_PASSWORD" -v app_password="$GATEWAY_APP_PASSWORD" \
  -v operator_password="$GATEWAY_OPERATOR_PASSWORD" <<'SQL'
CREATE ROLE gateway_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE gateway_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE ROLE gateway_operator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'operator_password';
CREATE DATABASE gateway OWNER gateway_owner;
CREATE DATABASE gateway_keys OWNER gateway_owner;
REVOKE ALL ON DATABASE gateway, gateway_keys FROM PUBLIC;
GRANT CONNECT ON DATABASE gateway, gateway_keys TO gateway_app;
GRANT CONNECT ON DATABASE gateway TO gateway_operator;
SQL
