SELECT id, document, change_hash, kind, content, state, reason_code, reason_zh, reason_en, created_at
FROM intent
WHERE document = ?1 AND change_hash = ?2
ORDER BY position
