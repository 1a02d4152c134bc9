SELECT number, local_code, case_no, title, class, address, longitude_e7, latitude_e7, ended
FROM case_row
WHERE document = ?1
