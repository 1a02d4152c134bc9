SELECT case_row.document, local_code, case_no, title, class, state, severity, address,
  longitude_e7, latitude_e7, updated_at, unsent, view, reported_at
FROM case_place CROSS JOIN case_row ON case_row.number = case_place.number
WHERE south BETWEEN ?1 AND ?2 AND west BETWEEN ?3 AND ?4
ORDER BY updated_at DESC, case_row.document DESC
LIMIT ?5
