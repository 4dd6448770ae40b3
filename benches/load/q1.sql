\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', :tenant, true);
SELECT id, status, profile, external_reference, created_at, updated_at, restricted, ordinary_key FROM data_subject WHERE tenant_id = :tenant AND id = :subject;
COMMIT;
\endpipeline
