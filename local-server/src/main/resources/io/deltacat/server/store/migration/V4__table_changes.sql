-- Schemas become visible like the version that they belong to: a running transaction may add one to a version that exists.
ALTER TABLE table_schema ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE table_schema ADD COLUMN creating_transaction VARCHAR(64);
CREATE INDEX table_schema_by_creator ON table_schema (creating_transaction);
