-- What this device sealed, until the server's receipt is here and, of a photo, the server has said when it stored the original.
-- No reference to document or intent: a case that left this device is still to be proved.
CREATE TABLE record (
  intent BLOB PRIMARY KEY CHECK (length(intent) = 15),
  document BLOB NOT NULL CHECK (length(document) = 16),
  name BLOB NOT NULL CHECK (length(name) = 32),
  -- The intent it was written with: while that waits to be sent there is nothing to ask.
  written_with BLOB NOT NULL CHECK (length(written_with) = 15),
  original BLOB CHECK (length(original) = 32),
  made_at INTEGER NOT NULL,
  asked_at INTEGER,
  receipt BLOB,
  stored_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX record_of_document ON record (document);
CREATE INDEX record_of_original ON record (original) WHERE original IS NOT NULL;
CREATE INDEX record_open ON record (intent)
  WHERE receipt IS NULL OR (original IS NOT NULL AND stored_at IS NULL);
