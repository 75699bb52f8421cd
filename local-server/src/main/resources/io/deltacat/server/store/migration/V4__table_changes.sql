-- Schemas become visible like the version that they belong to: a running transaction may add one to a version that exists.
ALTER TABLE table_schema ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE table_schema ADD COLUMN creating_transaction VARCHAR(64);
CREATE INDEX table_schema_by_creator ON table_schema (creating_transaction);

-- Managed files of purged tables that are to be deleted; the row goes when the file has gone or proved to be in use.
CREATE TABLE purged_file (
    path TEXT NOT NULL PRIMARY KEY
);

-- Tables that a running transaction drops with everything in them.
CREATE TABLE purge_request (
    table_id VARCHAR(64) NOT NULL,
    transaction_id VARCHAR(64) NOT NULL,
    PRIMARY KEY (transaction_id, table_id)
);
