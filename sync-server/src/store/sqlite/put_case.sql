INSERT INTO case_projection (
    document, case_no, state, class, title, address, longitude_e7, latitude_e7, unit_grid, duty_grid, severity,
    reporter, lead, reported_at, updated_at, photo_count, first_preview, heads, standing, search_text
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
ON CONFLICT (document) DO UPDATE SET
    case_no = excluded.case_no, state = excluded.state, class = excluded.class, title = excluded.title,
    address = excluded.address, longitude_e7 = excluded.longitude_e7, latitude_e7 = excluded.latitude_e7,
    unit_grid = excluded.unit_grid, duty_grid = excluded.duty_grid, severity = excluded.severity,
    reporter = excluded.reporter, lead = excluded.lead, reported_at = excluded.reported_at,
    updated_at = excluded.updated_at, photo_count = excluded.photo_count,
    first_preview = excluded.first_preview, heads = excluded.heads, standing = excluded.standing,
    search_text = excluded.search_text
