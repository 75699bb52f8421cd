-- The one write of a key is kept for good; other sessions are forgotten some time after they ended.
ALTER TABLE write_session ADD COLUMN write_once BIGINT NOT NULL DEFAULT 0;
