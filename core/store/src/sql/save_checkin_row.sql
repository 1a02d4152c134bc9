INSERT INTO checkin_row (document, local_code, title, state, subject_case, updated_at, view)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (document) DO UPDATE SET
  local_code = excluded.local_code,
  title = excluded.title,
  state = excluded.state,
  subject_case = excluded.subject_case,
  updated_at = excluded.updated_at,
  view = excluded.view
