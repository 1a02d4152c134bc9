-- The clocks of cases, computed from the documents: for lists, and to find what is to be escalated.
CREATE TABLE case_clock (
  document BLOB NOT NULL CHECK (length(document) = 16),
  kind TEXT NOT NULL,
  -- The how many-th of its kind.
  turn INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  -- NULL where it cannot be computed.
  deadline INTEGER,
  -- When each level was or will be reached.
  due_soon_at INTEGER,
  due_at INTEGER,
  twice_over_at INTEGER,
  -- The light of a clock that stands still; NULL while it runs.
  stands_in TEXT,
  -- Why it cannot be computed, or not all of it.
  trouble TEXT,
  -- Whether lists show this one of its case.
  listed INTEGER NOT NULL,
  -- The first level that was not told yet.
  next_at INTEGER,
  PRIMARY KEY (document, kind, turn)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_clock_next ON case_clock (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX case_clock_due ON case_clock (deadline, document) WHERE listed = 1 AND stands_in IS NULL AND deadline IS NOT NULL;
CREATE INDEX case_clock_trouble ON case_clock (document) WHERE trouble IS NOT NULL;

-- Levels that were told. Only ever added to; each is named by its line of the log.
CREATE TABLE escalation (
  line INTEGER NOT NULL PRIMARY KEY,
  document BLOB NOT NULL CHECK (length(document) = 16),
  kind TEXT NOT NULL,
  turn INTEGER NOT NULL,
  percent INTEGER NOT NULL,
  reached_at INTEGER NOT NULL,
  fired_at INTEGER NOT NULL,
  UNIQUE (document, kind, turn, percent)
) STRICT;
