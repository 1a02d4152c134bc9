-- Changes that another device brought and the server is not known to have: state 3, marked here, until it sends them itself.
ALTER TABLE change ADD COLUMN carried INTEGER NOT NULL DEFAULT 0 CHECK (carried IN (0, 1));
-- Pieces that are carried for others, opaque here. state: 0 to be handed up, 1 taken, 2 refused. One that is settled keeps
-- its name alone, so that the same file brings nothing twice.
CREATE TABLE carried_piece (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  name BLOB NOT NULL UNIQUE CHECK (length(name) = 32),
  bytes BLOB NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2)
) STRICT;
CREATE INDEX carried_piece_waiting ON carried_piece (arrival) WHERE state = 0;
