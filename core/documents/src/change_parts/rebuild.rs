//! From the parts of a change back to its bytes.

use super::chunk::{CHANGE_TYPE, FIXED_HEADER_BYTES, MAGIC, checksum_of, digest};
use super::leb128::{signed_length, unsigned_length, write_signed, write_unsigned};
use super::{ActorId, ChangeHash, ChangeParts};

/// Puts a change together: the exact inverse of [`super::split`].
///
/// Parts that `split` could not have given (an empty column, say) give bytes
/// that `split` and the guard refuse.
#[must_use]
pub fn rebuild(parts: &ChangeParts<'_>) -> Vec<u8> {
    rebuild_with_hash(parts).0
}

/// Like [`rebuild`], and hands out the hash that had to be computed for the
/// checksum anyway.
#[must_use]
pub fn rebuild_with_hash(parts: &ChangeParts<'_>) -> (Vec<u8>, ChangeHash) {
    let message = parts.message.unwrap_or_default();
    let contents = contents_length(parts, message);
    let header = FIXED_HEADER_BYTES + unsigned_length(contents as u64);
    let mut out = Vec::with_capacity(header + contents);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&[0; 4]);
    out.push(CHANGE_TYPE);
    write_unsigned(&mut out, contents as u64);
    write_contents(&mut out, parts, message);
    let hash = digest(out.get(header..).unwrap_or_default());
    if let Some(checksum) = out.get_mut(MAGIC.len()..MAGIC.len() + 4) {
        checksum.copy_from_slice(&checksum_of(&hash));
    }
    (out, hash)
}

fn contents_length(parts: &ChangeParts<'_>, message: &str) -> usize {
    let column_bytes = parts
        .columns
        .iter()
        .map(|column| {
            unsigned_length(u64::from(column.spec.raw()))
                + unsigned_length(column.data.len() as u64)
                + column.data.len()
        })
        .sum::<usize>();
    unsigned_length(parts.dependencies.len() as u64)
        + parts.dependencies.len() * ChangeHash::LENGTH
        + (1 + ActorId::LENGTH)
        + unsigned_length(parts.sequence)
        + unsigned_length(parts.start_op)
        + signed_length(parts.time)
        + unsigned_length(message.len() as u64)
        + message.len()
        + unsigned_length(parts.other_actors.len() as u64)
        + parts.other_actors.len() * (1 + ActorId::LENGTH)
        + unsigned_length(parts.columns.len() as u64)
        + column_bytes
        + parts.extra.len()
}

fn write_contents(out: &mut Vec<u8>, parts: &ChangeParts<'_>, message: &str) {
    write_unsigned(out, parts.dependencies.len() as u64);
    for dependency in &parts.dependencies {
        out.extend_from_slice(&dependency.0);
    }
    write_actor(out, parts.actor);
    write_unsigned(out, parts.sequence);
    write_unsigned(out, parts.start_op);
    write_signed(out, parts.time);
    write_unsigned(out, message.len() as u64);
    out.extend_from_slice(message.as_bytes());
    write_unsigned(out, parts.other_actors.len() as u64);
    for actor in &parts.other_actors {
        write_actor(out, *actor);
    }
    write_unsigned(out, parts.columns.len() as u64);
    for column in &parts.columns {
        write_unsigned(out, u64::from(column.spec.raw()));
        write_unsigned(out, column.data.len() as u64);
    }
    for column in &parts.columns {
        out.extend_from_slice(column.data);
    }
    out.extend_from_slice(parts.extra);
}

fn write_actor(out: &mut Vec<u8>, actor: ActorId) {
    write_unsigned(out, ActorId::LENGTH as u64);
    out.extend_from_slice(&actor.0);
}
