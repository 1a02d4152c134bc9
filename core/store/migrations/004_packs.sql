-- Packs on their way, and those that are whole until the feeds were told to their ends. taken counts the bytes of whole
-- segments whose changes are committed; chain stands for them.
CREATE TABLE pack (
  scope TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  length INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  chain BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT, WITHOUT ROWID;
