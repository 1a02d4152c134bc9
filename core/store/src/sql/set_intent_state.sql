UPDATE intent SET
  state = ?2,
  reason_code = coalesce(?3, reason_code),
  reason_zh = coalesce(?4, reason_zh),
  reason_en = coalesce(?5, reason_en)
WHERE id = ?1
