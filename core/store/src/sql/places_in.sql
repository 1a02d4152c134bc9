SELECT number, west, south
FROM case_place
WHERE south BETWEEN ?1 AND ?2 AND west BETWEEN ?3 AND ?4 AND (?5 IS NULL OR ended = ?5)
