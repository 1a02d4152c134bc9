//! A line of the log with its proof, as two files: the entry's bytes, and one hash a line with the side it stands on, so
//! that a shell can go the way up.

use xunge_domain::ids::Digest;
use xunge_evidence::entry::OwnedAuditLine;
use xunge_evidence::tree::verify_inclusion;

/// The lines of a proof file.
pub(super) fn to_text(index: u64, size: u64, proof: &[Digest]) -> String {
    let (mut place, mut last) = (index, size.saturating_sub(1));
    let mut text = String::new();
    for hash in proof {
        // RFC 9162 §2.1.3.2: the sibling stands left of an odd place, and of the last place of a level.
        let left = place % 2 == 1 || place == last;
        if left {
            while place % 2 == 0 && place > 0 {
                (place, last) = (place / 2, last / 2);
            }
        }
        (place, last) = (place / 2, last / 2);
        text.push_str(if left { "L " } else { "R " });
        text.push_str(&format!("{hash}\n"));
    }
    text
}

fn from_text(text: &[u8]) -> Option<Vec<Digest>> {
    let text = std::str::from_utf8(text).ok()?;
    let hashes = text.lines().map(|line| line.get(2..)?.parse().ok());
    hashes.collect()
}

/// The line, if it is one, and whether the log of this size and root holds it.
pub(super) fn holds(
    entry: &[u8],
    proof: &[u8],
    size: u64,
    root: &Digest,
) -> Option<(OwnedAuditLine, bool)> {
    let line = OwnedAuditLine::from_bytes(entry)?;
    let index = line.seq.checked_sub(1)?;
    let held = from_text(proof).is_some_and(|hashes| {
        to_text(index, size, &hashes).as_bytes() == proof
            && verify_inclusion(&line.line().leaf(), index, size, &hashes, root).is_ok()
    });
    Some((line, held))
}
