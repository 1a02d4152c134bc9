-- The city's tables, edition by edition. Within a table editions are numbered 1, 2, 3… in the order of their import. A row stands
-- in every edition from `since` to `last`: an edition that changes little writes little, and each one that ever held can be read.
CREATE TABLE table_edition (
    kind           TEXT NOT NULL,
    number         BIGINT NOT NULL,
    edition        TEXT NOT NULL,
    effective_date TEXT NOT NULL,
    rows           BIGINT NOT NULL,
    sha256         BLOB NOT NULL,
    imported_at    BIGINT NOT NULL,
    imported_by    TEXT NOT NULL,
    PRIMARY KEY (kind, number),
    UNIQUE (kind, edition)
);

-- `part` is by what rows are looked up together: the beat of a grid, the unit grid of a component.
CREATE TABLE table_row (
    kind    TEXT NOT NULL,
    key     TEXT NOT NULL,
    since   BIGINT NOT NULL,
    last    BIGINT NOT NULL,
    part    TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (kind, key, since)
) WITHOUT ROWID;
CREATE INDEX table_row_part ON table_row (kind, part, key);
