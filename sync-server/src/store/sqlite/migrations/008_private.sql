-- Personal data, beside the documents. Whom it is about, without saying who; kept under a key of its own.
CREATE TABLE subject (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  document BLOB NOT NULL CHECK (length(document) = 16),
  -- The place of its key.
  place INTEGER NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  retain_until INTEGER NOT NULL,
  erased_at INTEGER,
  cause TEXT,
  reason TEXT,
  CHECK ((erased_at IS NULL) = (cause IS NULL) AND (erased_at IS NULL) = (reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX subject_of_document ON subject (document, created_at, id);
CREATE INDEX subject_due ON subject (retain_until) WHERE erased_at IS NULL;

-- The keys, wrapped. Added at the end and overwritten in place, never moved and never taken out: a row that moves may leave
-- its bytes behind in a page.
CREATE TABLE subject_key (
  place INTEGER NOT NULL PRIMARY KEY,
  wrapped BLOB NOT NULL CHECK (length(wrapped) = 48)
) STRICT;

CREATE TABLE private_record (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  document BLOB NOT NULL CHECK (length(document) = 16),
  subject BLOB NOT NULL CHECK (length(subject) = 16),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  -- Bytes of the content, before it was sealed.
  length INTEGER NOT NULL,
  -- Empty once its subject is erased.
  ciphertext BLOB NOT NULL
) STRICT;
CREATE INDEX private_record_of_document ON private_record (document, received_at, made_at, id);
CREATE INDEX private_record_of_subject ON private_record (subject);
