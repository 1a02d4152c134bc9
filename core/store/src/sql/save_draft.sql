INSERT INTO draft (id, content, updated_at) VALUES (?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at
