-- What the list of check-ins shows.
CREATE TABLE checkin_projection (
  document BLOB NOT NULL PRIMARY KEY CHECK (length(document) = 16),
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  initiation TEXT,
  -- The case it is about, where it is one.
  subject_case BLOB CHECK (subject_case IS NULL OR length(subject_case) = 16),
  opened_by TEXT,
  opened_at INTEGER,
  updated_at INTEGER NOT NULL,
  step_count INTEGER NOT NULL,
  last_step TEXT,
  photo_count INTEGER NOT NULL,
  heads BLOB NOT NULL,
  standing TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_projection_newest ON checkin_projection (updated_at, document);
CREATE INDEX checkin_projection_subject ON checkin_projection (subject_case) WHERE subject_case IS NOT NULL;

-- What a body is in the party, as JSON; NULL for a body of the administration.
ALTER TABLE organisation ADD COLUMN party TEXT;
