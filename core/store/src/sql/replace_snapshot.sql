UPDATE document SET
  snapshot = ?2,
  heads = ?3,
  snapshot_upto = coalesce((SELECT max(arrival) FROM change WHERE document = ?1), 0)
WHERE id = ?1
