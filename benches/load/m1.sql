\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', :tenant, true);
INSERT INTO consent (tenant_id, id, subject_id, purpose, granted_at, source, text_version, created_at) VALUES (:tenant, gen_random_uuid(), :subject, 'DIRECT_MARKETING', now(), 'pgbench', '1', now());
COMMIT;
\endpipeline
