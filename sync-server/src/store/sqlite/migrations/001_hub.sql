-- The first schema of the hub. Frozen once released: what comes later is another numbered file.
-- Times are milliseconds since 1970 UTC, places ten-millionths of a degree, ids their bytes or their text.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

-- Named counters: case numbers of a day, places in the audit log.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE audit (
    seq    BIGINT PRIMARY KEY,
    at     BIGINT NOT NULL,
    who    TEXT NOT NULL,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE organisation (
    id     TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    parent TEXT
);

CREATE TABLE person (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    roles        TEXT NOT NULL,
    organisation TEXT,
    duty_grids   TEXT NOT NULL
);

CREATE TABLE credential (
    person       TEXT PRIMARY KEY,
    argon2       TEXT NOT NULL,
    failures     BIGINT NOT NULL,
    locked_until BIGINT
);

CREATE TABLE staff_session (
    secret_hash BLOB PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    person      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX staff_session_person ON staff_session (person);
CREATE INDEX staff_session_expiry ON staff_session (expires_at);

CREATE TABLE enrolment_code (
    code_hash  BLOB PRIMARY KEY,
    person     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    taken_by   BLOB
);

CREATE TABLE installation (
    id             BLOB PRIMARY KEY,
    prefix         BLOB NOT NULL UNIQUE,
    person         TEXT NOT NULL,
    public_key     BLOB NOT NULL,
    token_current  BLOB NOT NULL,
    token_previous BLOB,
    predecessor    BLOB,
    superseded_by  BLOB,
    revoked_at     BIGINT,
    created_at     BIGINT NOT NULL
);
CREATE INDEX installation_person ON installation (person, created_at);

CREATE TABLE unit_grid (
    code      TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    duty_grid TEXT NOT NULL,
    corners   BLOB NOT NULL
);
CREATE INDEX unit_grid_duty_grid ON unit_grid (duty_grid, code);

CREATE TABLE class_table (
    edition        TEXT PRIMARY KEY,
    effective_date TEXT NOT NULL,
    content        BLOB NOT NULL
);

-- Raw changes: a set that only grows. Kept in order of arrival, because that is how they are read.
CREATE TABLE change (
    document     BLOB NOT NULL,
    arrival      BIGINT NOT NULL,
    hash         BLOB NOT NULL,
    actor        BLOB NOT NULL,
    sequence     BIGINT NOT NULL,
    operations   BIGINT NOT NULL,
    installation BLOB,
    signature    BLOB,
    bytes        BLOB NOT NULL,
    received_at  BIGINT NOT NULL,
    PRIMARY KEY (document, arrival),
    UNIQUE (document, hash)
) WITHOUT ROWID;

CREATE TABLE snapshot (
    document     BLOB PRIMARY KEY,
    heads        BLOB NOT NULL,
    upto_arrival BIGINT NOT NULL,
    bytes        BLOB NOT NULL
);

CREATE TABLE quarantine (
    document     BLOB NOT NULL,
    hash         BLOB NOT NULL,
    installation BLOB,
    code         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    bytes        BLOB NOT NULL,
    at           BIGINT NOT NULL,
    PRIMARY KEY (document, hash)
);
CREATE INDEX quarantine_installation ON quarantine (installation, at);

CREATE TABLE scope (
    scope    TEXT PRIMARY KEY,
    last_seq BIGINT NOT NULL
);

CREATE TABLE feed (
    scope        TEXT NOT NULL,
    seq          BIGINT NOT NULL,
    document     BLOB NOT NULL,
    from_arrival BIGINT NOT NULL,
    upto_arrival BIGINT NOT NULL,
    PRIMARY KEY (scope, seq)
) WITHOUT ROWID;

CREATE TABLE membership (
    scope        TEXT NOT NULL,
    document     BLOB NOT NULL,
    upto_arrival BIGINT NOT NULL,
    PRIMARY KEY (scope, document)
) WITHOUT ROWID;
CREATE INDEX membership_document ON membership (document, scope);

CREATE TABLE blob (
    sha256    BLOB PRIMARY KEY,
    length    BIGINT NOT NULL,
    received  TEXT NOT NULL,
    stored_at BIGINT
);

CREATE TABLE case_projection (
    document      BLOB PRIMARY KEY,
    case_no       TEXT UNIQUE,
    state         TEXT NOT NULL,
    class         TEXT,
    title         TEXT NOT NULL,
    address       TEXT NOT NULL,
    longitude_e7  BIGINT,
    latitude_e7   BIGINT,
    unit_grid     TEXT,
    duty_grid     TEXT,
    severity      TEXT NOT NULL,
    reporter      TEXT,
    lead          TEXT,
    reported_at   BIGINT,
    updated_at    BIGINT NOT NULL,
    photo_count   BIGINT NOT NULL,
    first_preview BLOB,
    heads         BLOB NOT NULL,
    standing      TEXT NOT NULL,
    search_text   TEXT NOT NULL
);
CREATE INDEX case_projection_newest ON case_projection (updated_at, document);
CREATE INDEX case_projection_state ON case_projection (state, updated_at, document);
CREATE INDEX case_projection_duty_grid ON case_projection (duty_grid, updated_at, document);
