-- How far the last push in parts of a device got, so that after a cut only the rest is sent again. A row a part, written
-- together with what the part held; the first part of the next such push clears them.

CREATE TABLE push_part (
    installation BLOB NOT NULL,
    number       BIGINT NOT NULL,
    nonce        BLOB NOT NULL,
    told         BLOB NOT NULL,
    PRIMARY KEY (installation, number)
) WITHOUT ROWID;
