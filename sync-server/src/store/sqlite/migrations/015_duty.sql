-- What somebody said of their own duty: that an offer is declined, and why. It stays open until somebody else has it.
ALTER TABLE task ADD COLUMN declined_at BIGINT;
ALTER TABLE task ADD COLUMN decline_cause TEXT;
ALTER TABLE task ADD COLUMN decline_words TEXT;

-- Leaves said from phones, beside the roster's table, which is the city's. `id` is the note's: saying it twice says it once.
CREATE TABLE said_leave (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  person TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  words TEXT NOT NULL,
  -- By the device's clock, and by the hub's.
  made_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  taken_back_at BIGINT
) WITHOUT ROWID;
CREATE INDEX said_leave_until ON said_leave (until_at) WHERE taken_back_at IS NULL;
CREATE INDEX said_leave_of_person ON said_leave (person, until_at);

-- Which levels of limits somebody is still to be told by a channel, by the line of the log that says each. A row is
-- written once, with the line up to which everything was looked at, and goes when it was told.
CREATE TABLE escalation_notice (
  person TEXT NOT NULL,
  channel TEXT NOT NULL,
  line BIGINT NOT NULL,
  PRIMARY KEY (person, channel, line)
) WITHOUT ROWID;
