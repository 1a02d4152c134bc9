INSERT OR IGNORE INTO document (id, snapshot, heads, snapshot_upto, generation, intent_counter, urgent)
SELECT owner, x'', x'', 0, ?1,
  (SELECT count(*) FROM intent WHERE intent.document = owner), 0
FROM (
  SELECT document AS owner FROM change
  UNION SELECT document FROM intent
  UNION SELECT document FROM case_row
  UNION SELECT document FROM checkin_row
)
