-- The first schema. Released steps are never edited: a change is a new file with the next number.
-- STRICT tables everywhere: a value of the wrong type is refused when it is written, not when it is read.

-- Who this installation is. One row, written at enrolment.
CREATE TABLE session (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  installation BLOB NOT NULL CHECK (length(installation) = 16),
  person BLOB NOT NULL,
  server_url TEXT NOT NULL,
  server_public_key BLOB NOT NULL CHECK (length(server_public_key) = 33),
  epoch INTEGER NOT NULL,
  token BLOB NOT NULL CHECK (length(token) = 16),
  device_key_handle BLOB NOT NULL
) STRICT;

-- Installations this store was before the hub found it cloned or restored: what they wrote stays ours to edit.
CREATE TABLE former_installation (
  installation BLOB PRIMARY KEY CHECK (length(installation) = 16)
) STRICT, WITHOUT ROWID;

-- Tables the server hands out whole (classes, grids, people) and small settings, opaque here.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE draft (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  content BLOB NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_by_time ON draft (updated_at DESC, id DESC);

-- A document's snapshot is a cache; the truth is its changes.
CREATE TABLE document (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  snapshot BLOB NOT NULL,
  heads BLOB NOT NULL,
  -- The last change (by arrival) the snapshot holds.
  snapshot_upto INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  intent_counter INTEGER NOT NULL,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1))
) STRICT;

-- state: 0 pending, 1 received, 2 quarantined, 3 pulled, 4 dropped.
-- The hash alone is no key: the genesis change is the same in every document.
CREATE TABLE change (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  document BLOB NOT NULL REFERENCES document (id),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  bytes BLOB NOT NULL,
  actor BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
  signature BLOB,
  UNIQUE (document, hash)
) STRICT;
CREATE INDEX change_of_document ON change (document, arrival);
CREATE INDEX change_pending ON change (document, arrival) WHERE state = 0;

-- state: 0 pending, 1 received, 2 accepted, 3 declined, 4 quarantined, 5 reapplied, 6 dismissed.
CREATE TABLE intent (
  id BLOB PRIMARY KEY CHECK (length(id) = 15),
  position INTEGER NOT NULL UNIQUE,
  document BLOB NOT NULL REFERENCES document (id),
  change_hash BLOB NOT NULL CHECK (length(change_hash) = 32),
  kind TEXT NOT NULL,
  content BLOB NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 6),
  reason_code TEXT,
  reason_zh TEXT,
  reason_en TEXT,
  created_at INTEGER NOT NULL,
  CHECK ((reason_code IS NULL) = (reason_zh IS NULL) AND (reason_code IS NULL) = (reason_en IS NULL))
) STRICT;
CREATE INDEX intent_of_document ON intent (document, position);
CREATE INDEX intent_of_change ON intent (document, change_hash);
CREATE INDEX intent_by_state ON intent (state, position);

-- What the lists show, so that no document is opened to draw a list.
CREATE TABLE case_row (
  document BLOB PRIMARY KEY REFERENCES document (id),
  local_code TEXT NOT NULL,
  case_no TEXT,
  title TEXT NOT NULL,
  class TEXT NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  address TEXT NOT NULL,
  longitude_e7 INTEGER,
  latitude_e7 INTEGER,
  updated_at INTEGER NOT NULL,
  unsent INTEGER NOT NULL,
  view BLOB NOT NULL,
  CHECK ((longitude_e7 IS NULL) = (latitude_e7 IS NULL))
) STRICT;
CREATE INDEX case_row_by_time ON case_row (updated_at DESC, document DESC);
CREATE INDEX case_row_by_place ON case_row (latitude_e7, longitude_e7) WHERE latitude_e7 IS NOT NULL;

-- state: 0 local (bytes here, server not known to have them), 1 acknowledged, 2 elsewhere (no bytes here).
CREATE TABLE blob (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  length INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  acknowledged_ranges BLOB NOT NULL
) STRICT;
CREATE INDEX blob_local ON blob (sha256) WHERE state = 0;

-- Where a blob is used. Identical bytes are one blob with several uses. No reference to document: a draft,
-- which is no document yet, has photos too. kind: 0 preview, 1 thumb, 2 working, 3 original.
CREATE TABLE blob_use (
  document BLOB NOT NULL CHECK (length(document) = 16),
  sha256 BLOB NOT NULL REFERENCES blob (sha256),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
  -- The change that cites the blob; text goes first, so the blob waits until the hub has received it.
  change_hash BLOB CHECK (length(change_hash) = 32),
  PRIMARY KEY (document, sha256, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_use_of_blob ON blob_use (sha256);

CREATE TABLE cursor (
  scope TEXT PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Counters the app polls to learn that a list moved.
CREATE TABLE change_counter (
  topic TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO change_counter (topic, value) VALUES ('cases', 0), ('sync', 0), ('drafts', 0);
