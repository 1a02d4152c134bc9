SELECT blob.sha256, blob.length, blob.state, blob.acknowledged_ranges,
  blob_use.document, blob_use.kind, change.hash
FROM blob_use
JOIN blob ON blob.sha256 = blob_use.sha256
LEFT JOIN change ON change.document = blob_use.document AND change.hash = blob_use.change_hash
  AND change.state NOT IN (2, 4)
WHERE blob_use.document = ?1
ORDER BY blob_use.kind, blob.sha256
