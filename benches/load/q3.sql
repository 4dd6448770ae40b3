\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', :tenant, true);
SELECT id, status, profile, created_at, updated_at, ordinary_key FROM data_subject WHERE tenant_id = :tenant ORDER BY created_at, id LIMIT 21;
SELECT * FROM consent WHERE tenant_id = :tenant AND subject_id IN (SELECT id FROM data_subject WHERE tenant_id = :tenant ORDER BY created_at, id LIMIT 20);
SELECT * FROM rights_request WHERE tenant_id = :tenant AND subject_id IN (SELECT id FROM data_subject WHERE tenant_id = :tenant ORDER BY created_at, id LIMIT 20);
COMMIT;
\endpipeline
