-- Sessions, transactions and subscriptions are current state, not history: one row each, with what is searched for in columns
-- and the rest as a JSON document.

CREATE TABLE write_session (
    session_id VARCHAR(64) NOT NULL PRIMARY KEY,
    status VARCHAR(16) NOT NULL,
    open_key VARCHAR(64),
    transaction_id VARCHAR(64),
    expires_at BIGINT NOT NULL,
    document TEXT NOT NULL
);
CREATE UNIQUE INDEX write_session_by_key ON write_session (open_key);
CREATE INDEX write_session_by_transaction ON write_session (transaction_id);

CREATE TABLE server_transaction (
    transaction_id VARCHAR(64) NOT NULL PRIMARY KEY,
    status VARCHAR(16) NOT NULL,
    expires_at BIGINT NOT NULL,
    document TEXT NOT NULL
);

-- What an attached session will publish when its transaction commits; its manifest entries are already in place.
CREATE TABLE staged_delta (
    delta_key BIGINT NOT NULL PRIMARY KEY,
    transaction_id VARCHAR(64) NOT NULL,
    session_id VARCHAR(64) NOT NULL,
    table_id VARCHAR(64) NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX staged_delta_by_transaction ON staged_delta (transaction_id, delta_key);
CREATE INDEX staged_delta_by_session ON staged_delta (session_id, delta_key);

CREATE TABLE operation_reply (
    scope VARCHAR(256) NOT NULL,
    operation_id VARCHAR(256) NOT NULL,
    request_digest VARCHAR(64) NOT NULL,
    reply TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, operation_id)
);
CREATE INDEX operation_reply_by_time ON operation_reply (created_at);

CREATE TABLE subscription (
    subscriber_id VARCHAR(512) NOT NULL PRIMARY KEY,
    status VARCHAR(16) NOT NULL,
    document TEXT NOT NULL,
    watermark TEXT
);
CREATE INDEX write_session_by_expiry ON write_session (status, expires_at);
CREATE INDEX server_transaction_by_expiry ON server_transaction (status, expires_at);
