INSERT INTO document (id, snapshot, heads, snapshot_upto, generation, intent_counter, urgent)
VALUES (?1, ?2, ?3, 0, 0, 0, ?4)
ON CONFLICT (id) DO NOTHING
