SELECT hash, bytes
FROM change
WHERE document = ?1 AND state IN (1, 3) AND carried = 0
ORDER BY arrival
