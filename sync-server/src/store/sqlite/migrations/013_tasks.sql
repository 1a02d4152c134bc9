-- Offers of tasks: a row for each person that a ruled send_verify or send_check names. `send` is the id of that request.
CREATE TABLE task (
  document BLOB NOT NULL CHECK (length(document) = 16),
  send BLOB NOT NULL,
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  round BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  -- Its place in the person's feed: a device that knows the feed so far has it.
  feed_seq BIGINT NOT NULL,
  delivered_at BIGINT,
  ended_at BIGINT,
  ending TEXT,
  answered_at BIGINT,
  choice TEXT,
  stuck TEXT,
  PRIMARY KEY (document, send, person)
) WITHOUT ROWID;
CREATE INDEX task_open ON task (offered_at, document, send, person) WHERE ended_at IS NULL;
-- Asked for at every sync of a device: it holds what nobody answered yet, so little.
CREATE INDEX task_of_person ON task (person) WHERE ended_at IS NULL;

-- Who is to be told that tasks wait. What is sent is made when it is sent: how many wait, and nothing of any case.
CREATE TABLE notice (
  person TEXT NOT NULL,
  channel TEXT NOT NULL,
  since BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  PRIMARY KEY (person, channel)
) WITHOUT ROWID;

-- What was sent when, for a day: how often a channel and a person may be used is counted from it, across restarts.
CREATE TABLE notice_sent (
  channel TEXT NOT NULL,
  person TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX notice_sent_at ON notice_sent (channel, at);

-- Applications for extensions, send-backs, holds and voids that wait for an answer, and whose.
CREATE TABLE application (
  document BLOB NOT NULL CHECK (length(document) = 16),
  kind TEXT NOT NULL,
  applied_by TEXT NOT NULL,
  since BIGINT NOT NULL,
  needs TEXT NOT NULL,
  PRIMARY KEY (document, kind)
) WITHOUT ROWID;
CREATE INDEX application_since ON application (since, document, kind);
