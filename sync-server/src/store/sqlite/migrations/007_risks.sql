-- What devices sealed lately, as the rules on risks hold pieces against each other; taken from the documents, and forgotten
-- after some months. An entry of a case that has a record.
CREATE TABLE piece (
  document BLOB NOT NULL CHECK (length(document) = 16),
  intent BLOB NOT NULL CHECK (length(intent) = 15),
  person TEXT NOT NULL,
  -- A photo has a purpose and a name, a request its verb.
  purpose TEXT,
  original BLOB CHECK (length(original) = 32),
  action TEXT,
  -- Whether its bytes were looked at, and what they look like: 64 bits, where that could be made out.
  looked INTEGER NOT NULL,
  look INTEGER,
  installation BLOB NOT NULL CHECK (length(installation) = 16),
  at INTEGER NOT NULL,
  not_before INTEGER,
  received_at INTEGER NOT NULL,
  boot BLOB CHECK (length(boot) = 16),
  uptime_millis INTEGER,
  longitude_e7 INTEGER,
  latitude_e7 INTEGER,
  accuracy_metres INTEGER,
  fixes INTEGER NOT NULL,
  mocked INTEGER NOT NULL,
  PRIMARY KEY (document, intent)
) STRICT, WITHOUT ROWID;
CREATE INDEX piece_of_person ON piece (person, received_at);
CREATE INDEX piece_of_original ON piece (original);
CREATE INDEX piece_by_receipt ON piece (received_at);
-- All that a search for pictures that look alike reads.
CREATE INDEX piece_by_look ON piece (received_at, look) WHERE look IS NOT NULL;

-- Documents to be looked at: those noted oftener than examined. Counted, so that what is noted during a look is not lost.
CREATE TABLE examination (
  document BLOB NOT NULL PRIMARY KEY CHECK (length(document) = 16),
  noted INTEGER NOT NULL,
  examined INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX examination_waits ON examination (document) WHERE noted > examined;

-- What is odd, never taken out: its name is the line of the audit log that says so.
CREATE TABLE risk (
  line INTEGER NOT NULL PRIMARY KEY,
  document BLOB NOT NULL CHECK (length(document) = 16),
  intent BLOB NOT NULL CHECK (length(intent) = 15),
  kind TEXT NOT NULL,
  person TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  -- The figures, JSON.
  finding TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX risk_of_piece ON risk (document, intent, kind);
CREATE INDEX risk_of_person ON risk (person, line);

-- What the person says to it, never changed: its name is the line that says that there is an answer.
CREATE TABLE risk_answer (
  line INTEGER NOT NULL PRIMARY KEY,
  risk INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX risk_answer_of_risk ON risk_answer (risk, line);

-- For the draw of a day: where the log stood at midnight, and for which cases devices had brought something.
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX record_by_receipt ON record (received_at);
