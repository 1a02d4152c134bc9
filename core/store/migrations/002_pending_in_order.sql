-- What waits, in the order it was written, so that the next batch is read off its head: looking through everything that
-- waits for each batch made a long time without signal cost its square.
CREATE INDEX change_pending_in_order ON change (arrival, document) WHERE state = 0;
-- Urgent documents overtake, and are few.
CREATE INDEX document_urgent ON document (id) WHERE urgent = 1;
