INSERT INTO case_row (document, local_code, case_no, title, class, state, severity, address,
  longitude_e7, latitude_e7, updated_at, unsent, view, reported_at, ended, number)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT (document) DO UPDATE SET
  local_code = excluded.local_code,
  case_no = excluded.case_no,
  title = excluded.title,
  class = excluded.class,
  state = excluded.state,
  ended = excluded.ended,
  severity = excluded.severity,
  address = excluded.address,
  longitude_e7 = excluded.longitude_e7,
  latitude_e7 = excluded.latitude_e7,
  updated_at = excluded.updated_at,
  unsent = excluded.unsent,
  view = excluded.view
