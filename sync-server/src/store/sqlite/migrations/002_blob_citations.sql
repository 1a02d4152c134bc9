-- What cites a photo, so that collecting the rest never takes one that somebody needs, and when a blob was last asked
-- about: what is just being sent is not cited yet. Only ever added to; `services::citations` fills it for documents
-- that are older than this table.

CREATE TABLE blob_citation (
    sha256   BLOB NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (sha256, document)
) WITHOUT ROWID;

-- Quarantined changes whose citations cannot be read: collecting searches their bytes.
CREATE TABLE unread_quarantine (
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (document, hash)
) WITHOUT ROWID;

ALTER TABLE blob ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
UPDATE blob SET touched_at = stored_at WHERE stored_at IS NOT NULL;
