SELECT id, content, updated_at
FROM draft
WHERE (updated_at, id) < (?1, ?2)
ORDER BY updated_at DESC, id DESC
LIMIT ?3
