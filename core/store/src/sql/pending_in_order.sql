SELECT document
FROM change INDEXED BY change_pending_in_order
WHERE state = 0
ORDER BY arrival
