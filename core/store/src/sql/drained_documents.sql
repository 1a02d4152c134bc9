SELECT id
FROM document
WHERE presence = 1
  -- Not even in the lane: what was refused is shown to its author until it is settled.
  AND NOT EXISTS (
    SELECT 1 FROM change WHERE change.document = document.id AND change.state = 0
  )
  AND NOT EXISTS (
    SELECT 1 FROM intent WHERE intent.document = document.id AND intent.state IN (0, 4)
  )
  -- What no change cites never travels: thumbnails, working copies. Nor does what was refused with the change that cites it.
  AND NOT EXISTS (
    SELECT 1 FROM blob_use JOIN blob ON blob.sha256 = blob_use.sha256
    JOIN change ON change.document = blob_use.document AND change.hash = blob_use.change_hash
    WHERE blob_use.document = document.id AND blob.state = 0 AND change.state NOT IN (2, 4)
  )
ORDER BY id
LIMIT ?1
