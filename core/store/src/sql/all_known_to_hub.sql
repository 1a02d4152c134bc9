SELECT change.document, change.hash
FROM change
JOIN document ON document.id = change.document AND document.presence = 0
WHERE change.state IN (1, 3) AND change.carried = 0
ORDER BY change.document
