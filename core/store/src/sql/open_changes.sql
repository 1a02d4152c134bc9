SELECT bytes
FROM change
WHERE document = ?1
  AND arrival > (SELECT snapshot_upto FROM document WHERE id = ?1)
  AND state NOT IN (2, 4)
ORDER BY arrival
