SELECT document, local_code, case_no, title, class, state, severity, address,
  longitude_e7, latitude_e7, updated_at, unsent, view
FROM case_row
WHERE latitude_e7 BETWEEN ?1 AND ?2 AND longitude_e7 BETWEEN ?3 AND ?4
ORDER BY updated_at DESC, document DESC
LIMIT ?5
