INSERT INTO blob (sha256, length, state, acknowledged_ranges) VALUES (?1, ?2, 0, x'')
ON CONFLICT (sha256) DO UPDATE SET length = excluded.length, state = CASE state WHEN 2 THEN 0 ELSE state END
