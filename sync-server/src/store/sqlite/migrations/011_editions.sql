-- Changes of former editions of a document: their names alone, so that what comes late is known.
CREATE TABLE former_change (
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (document, hash)
) WITHOUT ROWID;

-- Orders to erase a text, one a line of the log. The words of the reason stand here alone.
CREATE TABLE text_erasure (
    line     BIGINT PRIMARY KEY,
    document BLOB NOT NULL,
    edition  BIGINT NOT NULL,
    place    TEXT NOT NULL,
    cause    TEXT NOT NULL,
    at       BIGINT NOT NULL,
    who      TEXT NOT NULL,
    reason   TEXT NOT NULL
);
CREATE INDEX text_erasure_document ON text_erasure (document, line);

-- Packs of these scopes that end before this place hold a text that was erased since.
CREATE TABLE void_pack (
    scope TEXT PRIMARY KEY,
    below BIGINT NOT NULL
);
