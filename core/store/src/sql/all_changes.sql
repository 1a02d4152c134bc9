SELECT hash, bytes, actor, sequence, own, state, carried, signature
FROM change
WHERE document = ?1
ORDER BY arrival
