SELECT document.id
FROM document
WHERE document.urgent = 1
  AND EXISTS (SELECT 1 FROM change WHERE change.state = 0 AND change.document = document.id)
ORDER BY (SELECT min(arrival) FROM change WHERE change.state = 0 AND change.document = document.id)
