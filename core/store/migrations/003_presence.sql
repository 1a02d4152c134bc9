-- Documents leave a device when no scope of its person holds them any more. 0 here, 1 leaving as soon as nothing of it
-- waits to be sent, 2 gone: the row alone stays, so that no number of an intent and no actor is ever used twice.
ALTER TABLE document ADD COLUMN presence INTEGER NOT NULL DEFAULT 0 CHECK (presence BETWEEN 0 AND 2);
CREATE INDEX document_leaving ON document (id) WHERE presence = 1;
