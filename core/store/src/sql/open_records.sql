SELECT intent, document, name, original, made_at, receipt, stored_at FROM record
WHERE (receipt IS NULL OR (original IS NOT NULL AND stored_at IS NULL))
  AND intent > ?1
  AND (?2 OR (made_at < ?3 AND coalesce(asked_at < ?4, 1)))
  -- Received, accepted or declined; of a case that left nothing waits.
  AND NOT EXISTS (SELECT 1 FROM intent WHERE intent.id = record.written_with AND intent.state NOT IN (1, 2, 3))
ORDER BY intent LIMIT ?5
