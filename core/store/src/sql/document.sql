SELECT id, heads, generation, intent_counter, urgent,
  (SELECT count(*) FROM change
   WHERE change.document = document.id AND arrival > snapshot_upto AND state NOT IN (2, 4))
FROM document
WHERE id = ?1 AND presence < 2
