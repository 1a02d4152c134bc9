SELECT id, document, change_hash, kind, content, state, reason_code, reason_zh, reason_en, created_at
FROM intent
WHERE id = ?1
