INSERT INTO intent (id, position, document, change_hash, kind, content, state, created_at)
VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM intent), ?2, ?3, ?4, ?5, 0, ?6)
ON CONFLICT (id) DO NOTHING
