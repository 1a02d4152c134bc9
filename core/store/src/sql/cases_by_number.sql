SELECT case_row.document, local_code, case_no, title, class, state, severity, address,
  longitude_e7, latitude_e7, updated_at, unsent, view, reported_at
FROM case_row
WHERE number < ?1
ORDER BY number DESC
LIMIT ?2
