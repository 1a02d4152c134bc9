SELECT count(*)
FROM (
  SELECT min(blob_use.kind) AS kind
  FROM blob
  JOIN blob_use ON blob_use.sha256 = blob.sha256
  JOIN change ON change.document = blob_use.document AND change.hash = blob_use.change_hash
  WHERE blob.state = 0 AND change.state NOT IN (2, 4)
  GROUP BY blob.sha256
)
WHERE kind > ?1
