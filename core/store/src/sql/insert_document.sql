INSERT INTO document (id, snapshot, heads, snapshot_upto, generation, intent_counter, urgent)
VALUES (?1, ?2, ?3, 0, 0, 0, ?4)
ON CONFLICT (id) DO UPDATE
SET snapshot = excluded.snapshot, heads = excluded.heads, snapshot_upto = 0, presence = 0
WHERE presence = 2
