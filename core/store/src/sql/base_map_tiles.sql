SELECT tile_column, tile_row
FROM tiles
WHERE zoom_level = ?1 AND tile_column BETWEEN ?2 AND ?3 AND tile_row BETWEEN ?4 AND ?5
ORDER BY tile_row DESC, tile_column
LIMIT ?6
