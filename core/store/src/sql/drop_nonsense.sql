-- Rows whose keys were overwritten belong to nothing any more; the kept copy still has them.
DELETE FROM case_row WHERE document NOT IN (SELECT id FROM document);
DELETE FROM checkin_row WHERE document NOT IN (SELECT id FROM document);
DELETE FROM intent WHERE document NOT IN (SELECT id FROM document);
DELETE FROM change WHERE document NOT IN (SELECT id FROM document);
DELETE FROM blob_use WHERE length(sha256) <> 32;
