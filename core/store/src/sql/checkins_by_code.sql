SELECT document, local_code, title, state, subject_case, updated_at, view
FROM checkin_row
WHERE local_code = ?1
ORDER BY updated_at DESC
LIMIT 1
