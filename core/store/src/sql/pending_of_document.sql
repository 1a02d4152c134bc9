SELECT hash, bytes, actor, sequence, signature
FROM change
WHERE state = 0 AND document = ?1
ORDER BY arrival
