SELECT blob.sha256, blob.length, blob.state, blob.acknowledged_ranges,
  blob_use.document, blob_use.kind, blob_use.change_hash
FROM blob_use
JOIN blob ON blob.sha256 = blob_use.sha256
WHERE blob_use.document = ?1
ORDER BY blob_use.kind, blob.sha256
