-- Cases by place: what may be the same matter as another one.
CREATE INDEX case_projection_place ON case_projection (latitude_e7, longitude_e7) WHERE latitude_e7 IS NOT NULL;
