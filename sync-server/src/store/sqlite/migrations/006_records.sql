-- What devices sealed, as it was received: each is named in the line of the log that says so.
CREATE TABLE record (
  document BLOB NOT NULL CHECK (length(document) = 16),
  intent BLOB NOT NULL CHECK (length(intent) = 15),
  -- SHA-256 of the statement that was signed.
  name BLOB NOT NULL CHECK (length(name) = 32),
  installation BLOB NOT NULL CHECK (length(installation) = 16),
  seq INTEGER NOT NULL,
  previous BLOB CHECK (length(previous) = 32),
  received_at INTEGER NOT NULL,
  -- The line of the audit log.
  line INTEGER NOT NULL,
  PRIMARY KEY (document, intent)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_in_chain ON record (installation, seq);
