SELECT case_row.document, local_code, case_no, title, class, state, severity, address,
  longitude_e7, latitude_e7, updated_at, unsent, view, reported_at
FROM case_row
WHERE (updated_at, document) < (?1, ?2)
ORDER BY updated_at DESC, document DESC
LIMIT ?3
