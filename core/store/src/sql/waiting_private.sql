SELECT arrival, id, document, subject, number, kind, length, content, made_at, state, reason_code, reason_zh, reason_en
FROM private_record AS record
WHERE state = 0 AND arrival > ?1
  -- Once the server has the report: not while it is a draft, or on its way.
  AND NOT EXISTS (SELECT 1 FROM draft WHERE draft.id = record.document)
  AND NOT EXISTS (SELECT 1 FROM intent WHERE intent.document = record.document AND intent.kind = 'report' AND intent.state = 0)
ORDER BY arrival LIMIT ?2
