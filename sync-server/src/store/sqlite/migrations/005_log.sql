-- The audit log as a Merkle tree: the hashes of its perfect subtrees, which never change once they are complete. Level 0
-- holds the leaf of each line. Lines that are older than this table are entered in order, in the same transaction, by
-- the program: SQL cannot hash.

CREATE TABLE log_node (
    level  BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hash   BLOB NOT NULL,
    PRIMARY KEY (level, number)
) WITHOUT ROWID;
