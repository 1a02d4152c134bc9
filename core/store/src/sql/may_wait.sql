SELECT EXISTS (SELECT 1 FROM change WHERE document = ?1 AND state = 0)
  OR EXISTS (SELECT 1 FROM private_record WHERE document = ?1 AND state = 0)
  OR EXISTS (
    SELECT 1 FROM blob_use CROSS JOIN blob ON blob.sha256 = blob_use.sha256
    WHERE blob_use.document = ?1 AND blob_use.change_hash IS NOT NULL AND blob.state = 0
  )
