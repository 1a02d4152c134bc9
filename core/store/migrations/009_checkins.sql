-- What the list of check-ins shows, so that no document is opened to draw it.
CREATE TABLE checkin_row (
  document BLOB PRIMARY KEY REFERENCES document (id),
  local_code TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  -- The case it is about, where it is one.
  subject_case BLOB CHECK (subject_case IS NULL OR length(subject_case) = 16),
  updated_at INTEGER NOT NULL,
  view BLOB NOT NULL
) STRICT;
CREATE INDEX checkin_row_by_time ON checkin_row (updated_at DESC, document DESC);
CREATE INDEX checkin_row_of_case ON checkin_row (subject_case, updated_at) WHERE subject_case IS NOT NULL;
