SELECT sha256, length FROM blob
WHERE state <> 2
  -- Only as an original that a change cites, or not at all.
  AND NOT EXISTS (SELECT 1 FROM blob_use used WHERE used.sha256 = blob.sha256
                  AND (used.kind <> 3 OR used.change_hash IS NULL))
  AND NOT EXISTS (SELECT 1 FROM record WHERE original = blob.sha256
                  AND (receipt IS NULL OR stored_at IS NULL OR stored_at >= ?1))
  AND (NOT EXISTS (SELECT 1 FROM blob_use used WHERE used.sha256 = blob.sha256)
       OR (state = 1 AND EXISTS (SELECT 1 FROM record WHERE original = blob.sha256)))
ORDER BY (SELECT max(made_at) FROM record WHERE original = blob.sha256), sha256 LIMIT ?2
