SELECT sha256, length, state, acknowledged_ranges, document, kind, change_hash
FROM (
  SELECT blob.sha256, blob.length, blob.state, blob.acknowledged_ranges,
    blob_use.document, blob_use.kind, blob_use.change_hash, document.urgent, change.arrival,
    row_number() OVER (
      PARTITION BY blob.sha256
      ORDER BY blob_use.kind, document.urgent DESC, change.arrival
    ) AS rank
  FROM blob
  JOIN blob_use ON blob_use.sha256 = blob.sha256
  JOIN document ON document.id = blob_use.document
  JOIN change ON change.document = blob_use.document AND change.hash = blob_use.change_hash
  WHERE blob.state = 0 AND blob_use.kind <= ?1 AND change.state IN (1, 3) AND change.carried = 0
)
WHERE rank = 1
ORDER BY kind, urgent DESC, arrival, sha256
LIMIT ?2
