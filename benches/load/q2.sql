\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', :tenant, true);
SELECT id, status, profile, created_at, updated_at, ordinary_key FROM data_subject WHERE tenant_id = :tenant ORDER BY created_at, id LIMIT 51;
COMMIT;
\endpipeline
