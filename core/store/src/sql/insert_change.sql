INSERT INTO change (document, hash, bytes, actor, sequence, own, state, signature, carried)
SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM document WHERE id = ?1
