SELECT count(DISTINCT blob.sha256)
FROM blob_use
JOIN blob ON blob.sha256 = blob_use.sha256
WHERE blob_use.document = ?1 AND blob.state = 0 AND blob_use.change_hash IS NOT NULL
