SELECT taken.number + 1
FROM case_row AS taken
WHERE taken.number >= ?1
  AND NOT EXISTS (SELECT 1 FROM case_row WHERE case_row.number = taken.number + 1)
ORDER BY taken.number
LIMIT 1
