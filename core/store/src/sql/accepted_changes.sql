SELECT hash, bytes, actor, sequence, own, state, carried, signature
FROM change
WHERE document = ?1 AND state NOT IN (2, 4)
ORDER BY arrival
