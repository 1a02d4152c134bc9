-- 100,000 cases on a device: lists by filter, full text of pairs of characters, places in an R*Tree. The rows get a number, which
-- the index of texts and that of places go by: the first free one from the millisecond of the report on, so that what was
-- reported last is found first, and the index is read off its end.
CREATE TABLE case_row_numbered (
  number INTEGER PRIMARY KEY,
  document BLOB NOT NULL UNIQUE REFERENCES document (id),
  local_code TEXT NOT NULL,
  case_no TEXT,
  title TEXT NOT NULL,
  class TEXT NOT NULL,
  state TEXT NOT NULL,
  -- Whether that state is an end.
  ended INTEGER NOT NULL CHECK (ended IN (0, 1)),
  severity TEXT NOT NULL,
  address TEXT NOT NULL,
  longitude_e7 INTEGER,
  latitude_e7 INTEGER,
  -- As it was first known here.
  reported_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  unsent INTEGER NOT NULL,
  view BLOB NOT NULL,
  CHECK ((longitude_e7 IS NULL) = (latitude_e7 IS NULL))
) STRICT;
-- Older rows do not say when they were reported. Each takes the first free number behind those before it.
INSERT INTO case_row_numbered
SELECT turn + max(wanted - turn) OVER (ORDER BY turn),
  document, local_code, case_no, title, class, state, state IN ('closed', 'rejected', 'void', 'invalid'),
  severity, address, longitude_e7, latitude_e7, updated_at, updated_at, unsent, view
FROM (
  SELECT *, max(0, min(updated_at, 4611686018427387904)) AS wanted,
    row_number() OVER (ORDER BY updated_at, document) AS turn
  FROM case_row
);
DROP TABLE case_row;
ALTER TABLE case_row_numbered RENAME TO case_row;
CREATE INDEX case_row_by_time ON case_row (updated_at DESC, document DESC);
CREATE INDEX case_row_by_end ON case_row (ended, updated_at DESC, document DESC);
CREATE INDEX case_row_unsent ON case_row (updated_at DESC, document DESC) WHERE unsent > 0;

-- Pairs of characters as words, made by the program. What the texts are stands in the rows, so nothing is kept twice; which pairs
-- stand beside each other is looked up there as well.
CREATE VIRTUAL TABLE case_text USING fts5(pairs, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

-- Whole numbers, so that a place is found exactly where it is.
CREATE VIRTUAL TABLE case_place USING rtree_i32(number, west, east, south, north, +ended INTEGER);
