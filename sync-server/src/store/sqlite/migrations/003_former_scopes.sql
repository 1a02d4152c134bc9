-- What a person could see before being given other work: what was made then may arrive later, and documents that only
-- such a scope holds leave the person's devices.

CREATE TABLE former_scope (
    person  TEXT NOT NULL,
    scope   TEXT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (person, scope)
) WITHOUT ROWID;
