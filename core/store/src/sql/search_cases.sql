SELECT case_row.document, local_code, case_no, title, class, state, severity, address,
  longitude_e7, latitude_e7, updated_at, unsent, view, reported_at
FROM case_text CROSS JOIN case_row ON case_row.number = case_text.rowid
WHERE case_text MATCH ?1 AND case_text.rowid < ?2
ORDER BY case_text.rowid DESC
