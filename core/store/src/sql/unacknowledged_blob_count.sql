SELECT count(DISTINCT blob.sha256)
FROM blob
JOIN blob_use ON blob_use.sha256 = blob.sha256
WHERE blob.state = 0 AND blob_use.change_hash IS NOT NULL
