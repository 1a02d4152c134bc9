INSERT INTO blob (sha256, length, state, acknowledged_ranges) VALUES (?1, ?2, 2, x'')
ON CONFLICT (sha256) DO NOTHING
