SELECT document, local_code, title, state, subject_case, updated_at, view
FROM checkin_row
WHERE (updated_at, document) < (?1, ?2)
ORDER BY updated_at DESC, document DESC
LIMIT ?3
