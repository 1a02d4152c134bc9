-- Personal data that this device keeps for the server: beside the documents, never in one. `content` is the record as it is
-- sent; it goes as soon as the server has it. state: 0 to be sent, 1 kept by the server, 2 refused.
CREATE TABLE private_record (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  document BLOB NOT NULL CHECK (length(document) = 16),
  subject BLOB NOT NULL CHECK (length(subject) = 16),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  length INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  reason_code TEXT,
  reason_zh TEXT,
  reason_en TEXT,
  content BLOB,
  CHECK (state <> 0 OR content IS NOT NULL),
  CHECK ((reason_code IS NULL) = (reason_zh IS NULL) AND (reason_code IS NULL) = (reason_en IS NULL))
) STRICT;
CREATE INDEX private_record_of_document ON private_record (document, arrival);
CREATE INDEX private_record_waiting ON private_record (arrival) WHERE state = 0;
