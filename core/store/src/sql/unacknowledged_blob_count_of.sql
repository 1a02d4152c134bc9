SELECT count(DISTINCT blob.sha256)
FROM blob_use
JOIN blob ON blob.sha256 = blob_use.sha256
JOIN change ON change.document = blob_use.document AND change.hash = blob_use.change_hash
WHERE blob_use.document = ?1 AND blob.state = 0 AND change.state NOT IN (2, 4)
