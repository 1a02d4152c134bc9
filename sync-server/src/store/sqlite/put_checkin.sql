INSERT INTO checkin_projection (
    document, title, state, initiation, subject_case, opened_by, opened_at, updated_at, step_count, last_step,
    photo_count, heads, standing
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (document) DO UPDATE SET
    title = excluded.title, state = excluded.state, initiation = excluded.initiation,
    subject_case = excluded.subject_case, opened_by = excluded.opened_by, opened_at = excluded.opened_at,
    updated_at = excluded.updated_at, step_count = excluded.step_count, last_step = excluded.last_step,
    photo_count = excluded.photo_count, heads = excluded.heads, standing = excluded.standing
