SELECT pending.document
FROM (SELECT document, min(arrival) AS oldest FROM change WHERE state = 0 GROUP BY document) AS pending
JOIN document ON document.id = pending.document
ORDER BY document.urgent DESC, pending.oldest
LIMIT ?1
