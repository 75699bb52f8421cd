-- Portable between SQLite and PostgreSQL: no generated keys, no JSON operators, no date functions.
-- Times are nanoseconds since the epoch. A row is visible to a reader "before T" if created_at < T <= removed_at.
-- Rows a running transaction made have created_at = 9223372036854775807 and name that transaction.

CREATE TABLE server_state (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE namespace_state (
    state_key BIGINT NOT NULL PRIMARY KEY,
    namespace VARCHAR(1024) NOT NULL,
    properties TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL,
    creating_transaction VARCHAR(64),
    removing_transaction VARCHAR(64)
);
CREATE INDEX namespace_by_name ON namespace_state (namespace, removed_at);
CREATE INDEX namespace_by_creator ON namespace_state (creating_transaction);
CREATE INDEX namespace_by_remover ON namespace_state (removing_transaction);

CREATE TABLE table_state (
    state_key BIGINT NOT NULL PRIMARY KEY,
    table_id VARCHAR(64) NOT NULL,
    namespace VARCHAR(1024) NOT NULL,
    table_name VARCHAR(1024) NOT NULL,
    description TEXT,
    properties TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL,
    creating_transaction VARCHAR(64),
    removing_transaction VARCHAR(64)
);
CREATE INDEX table_by_name ON table_state (namespace, table_name, removed_at);
CREATE INDEX table_by_id ON table_state (table_id);
CREATE INDEX table_by_creator ON table_state (creating_transaction);
CREATE INDEX table_by_remover ON table_state (removing_transaction);

CREATE TABLE table_version_state (
    state_key BIGINT NOT NULL PRIMARY KEY,
    table_id VARCHAR(64) NOT NULL,
    table_version VARCHAR(256) NOT NULL,
    version_ordinal BIGINT NOT NULL,
    description TEXT,
    lifecycle_state VARCHAR(32) NOT NULL,
    schema_id BIGINT,
    partition_scheme TEXT,
    sort_scheme TEXT,
    properties TEXT NOT NULL,
    content_types TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL,
    creating_transaction VARCHAR(64),
    removing_transaction VARCHAR(64)
);
CREATE INDEX table_version_by_table ON table_version_state (table_id, version_ordinal);
CREATE INDEX table_version_by_creator ON table_version_state (creating_transaction);
CREATE INDEX table_version_by_remover ON table_version_state (removing_transaction);

CREATE TABLE table_schema (
    table_id VARCHAR(64) NOT NULL,
    table_version VARCHAR(256) NOT NULL,
    schema_id BIGINT NOT NULL,
    serialized TEXT NOT NULL,
    fields TEXT NOT NULL,
    merge_keys TEXT NOT NULL,
    PRIMARY KEY (table_id, table_version, schema_id)
);

CREATE TABLE stream_state (
    state_key BIGINT NOT NULL PRIMARY KEY,
    stream_id VARCHAR(64) NOT NULL,
    table_id VARCHAR(64) NOT NULL,
    table_version VARCHAR(256) NOT NULL,
    previous_stream_id VARCHAR(64),
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL,
    creating_transaction VARCHAR(64),
    removing_transaction VARCHAR(64)
);
CREATE INDEX stream_by_id ON stream_state (stream_id);
CREATE INDEX stream_by_table ON stream_state (table_id, table_version, removed_at);
CREATE INDEX stream_by_creator ON stream_state (creating_transaction);
CREATE INDEX stream_by_remover ON stream_state (removing_transaction);

CREATE TABLE partition_state (
    partition_key BIGINT NOT NULL PRIMARY KEY,
    partition_id VARCHAR(64) NOT NULL,
    stream_id VARCHAR(64) NOT NULL,
    partition_values TEXT NOT NULL,
    partition_scheme_id VARCHAR(128),
    previous_partition_id VARCHAR(64),
    completion_info TEXT,
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL
);
CREATE INDEX partition_by_id ON partition_state (partition_id);
CREATE INDEX partition_by_key ON partition_state (stream_id, partition_key);
CREATE INDEX partition_by_values ON partition_state (stream_id, partition_values, removed_at);

-- A delta is never removed by itself: its partition or stream is. Running totals make the state of a partition at any
-- time one row; the chain identifies the contents of a partition without reading all of them.
CREATE TABLE delta (
    partition_key BIGINT NOT NULL,
    stream_position BIGINT NOT NULL,
    delta_key BIGINT NOT NULL,
    previous_stream_position BIGINT,
    delta_type VARCHAR(16) NOT NULL,
    created_at BIGINT NOT NULL,
    transaction_id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    manifest_id VARCHAR(64) NOT NULL,
    content_type VARCHAR(64) NOT NULL,
    entry_count BIGINT NOT NULL,
    record_count BIGINT NOT NULL,
    content_length BIGINT NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    equality_fields TEXT NOT NULL,
    revision BIGINT NOT NULL,
    ordered_position BIGINT,
    ordered_at BIGINT NOT NULL,
    total_entries BIGINT NOT NULL,
    total_records BIGINT NOT NULL,
    total_bytes BIGINT NOT NULL,
    content_types VARCHAR(256) NOT NULL,
    merges BIGINT NOT NULL,
    chain VARCHAR(64) NOT NULL,
    PRIMARY KEY (partition_key, stream_position)
);
CREATE INDEX delta_by_time ON delta (partition_key, created_at, stream_position);

CREATE TABLE manifest_entry (
    delta_key BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    path TEXT NOT NULL,
    record_count BIGINT NOT NULL,
    content_length BIGINT NOT NULL,
    source_content_length BIGINT,
    content_encoding VARCHAR(32),
    schema_id VARCHAR(64),
    sort_scheme_id VARCHAR(64),
    entry_type VARCHAR(32) NOT NULL,
    column_stats TEXT NOT NULL,
    properties TEXT,
    PRIMARY KEY (delta_key, ordinal)
);
