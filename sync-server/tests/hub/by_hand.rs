//! A forger with the database file. The one place outside the store that knows its tables.

use std::path::Path;

/// Changes the database of a hub as no program of ours would.
fn forge(database: &Path, statements: &str) {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute_batch(statements).unwrap();
}

/// Other words in a line.
pub(crate) fn edit_line(database: &Path, seq: u64) {
    forge(
        database,
        &format!("UPDATE audit SET who = 'somebody' WHERE seq = {seq}"),
    );
}

/// A line that was never there.
pub(crate) fn delete_line(database: &Path, seq: u64) {
    forge(database, &format!("DELETE FROM audit WHERE seq = {seq}"));
}

/// Two lines change places.
pub(crate) fn swap_lines(database: &Path, one: u64, other: u64) {
    forge(
        database,
        &format!(
            "UPDATE audit SET seq = -1 WHERE seq = {one}; UPDATE audit SET seq = {one} WHERE seq = {other}; \
             UPDATE audit SET seq = {other} WHERE seq = -1;"
        ),
    );
}

/// One more line at the end, past the log.
pub(crate) fn slip_in(database: &Path, seq: u64) {
    forge(
        database,
        &format!("INSERT INTO audit VALUES ({seq}, 0, 'somebody', 'login', '{{}}')"),
    );
}

/// A kept hash of a pair becomes another.
pub(crate) fn bend_hash(database: &Path, number: u64) {
    forge(
        database,
        &format!("UPDATE log_node SET hash = zeroblob(32) WHERE level = 1 AND number = {number}"),
    );
}

/// What no program writes: bytes where a text stands.
pub(crate) fn garble_line(database: &Path, seq: u64) {
    forge(
        database,
        &format!("UPDATE audit SET detail = x'ff00' WHERE seq = {seq}"),
    );
}

/// And something that is no hash.
pub(crate) fn garble_hash(database: &Path, number: u64) {
    forge(
        database,
        &format!("UPDATE log_node SET hash = x'00' WHERE level = 0 AND number = {number}"),
    );
}

/// The kept hashes of fours are gone.
pub(crate) fn lose_hashes(database: &Path) {
    forge(database, "DELETE FROM log_node WHERE level = 2");
}

/// A line as a program adds it that knows no log: with its count, and past the log.
pub(crate) fn add_as_before_the_log(database: &Path, seq: u64) {
    slip_in(database, seq);
    forge(
        database,
        &format!("UPDATE counter SET last = {seq} WHERE name = 'audit'"),
    );
}

/// The end of the log is gone, with every trace beside it: lines, hashes, counter.
pub(crate) fn cut_to(database: &Path, size: u64) {
    forge(
        database,
        &format!(
            "DELETE FROM audit WHERE seq > {size}; UPDATE counter SET last = {size} WHERE name = 'audit'; \
             DELETE FROM log_node WHERE ((number + 1) << level) > {size};"
        ),
    );
}

/// All is made new from a changed history: the hashes are thrown away, and the program makes them again.
pub(crate) fn rewrite(database: &Path, seq: u64) {
    edit_line(database, seq);
    forge(
        database,
        "DROP TABLE log_node; DROP TABLE record; DROP TABLE piece; DROP TABLE examination; DROP TABLE risk; \
         DROP TABLE risk_answer; DROP INDEX audit_by_time; DROP TABLE subject; DROP TABLE subject_key; \
         DROP TABLE private_record; DROP TABLE table_edition; DROP TABLE table_row; DROP TABLE checkin_projection; DROP TABLE former_change; DROP TABLE text_erasure; DROP TABLE void_pack; DROP TABLE case_clock; DROP TABLE escalation; DROP TABLE task; DROP TABLE notice; \
         DROP TABLE notice_sent; DROP TABLE said_leave; DROP TABLE escalation_notice; DROP TABLE application; DROP INDEX case_projection_place; ALTER TABLE organisation DROP COLUMN party; \
         PRAGMA user_version = 4;",
    );
}
