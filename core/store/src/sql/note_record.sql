INSERT INTO record (intent, document, name, written_with, original, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (intent) DO UPDATE SET name = excluded.name, written_with = excluded.written_with,
  original = excluded.original, made_at = excluded.made_at, asked_at = NULL, receipt = NULL, stored_at = NULL
WHERE record.name <> excluded.name
