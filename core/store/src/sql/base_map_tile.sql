SELECT tile_data FROM tiles
WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3
