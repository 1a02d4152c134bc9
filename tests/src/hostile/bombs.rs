//! Inputs made to hurt: small bytes that ask for much. Every one has a fitting checksum and well-formed surroundings.

use xunge_documents::Document;
use xunge_documents::change_parts::{ActorId, ColumnSpec};
use xunge_documents::guard;
use xunge_sync::wire::{ITEMS_MAX, REQUEST_BYTES_MAX};

use super::change::{Forged, seal};
use super::history;
use super::spoil::{leb128, place, signed_leb128};
use super::stored::stored;
use crate::proxy::SplitMix;

/// Counts that no column may claim.
const HUGE: [u64; 6] = [
    10_001,
    200_001,
    20_000_000,
    1 << 32,
    1 << 53,
    i64::MAX as u64,
];
/// The columns that are runs.
const RUN_COLUMNS: [ColumnSpec; 8] = [
    ColumnSpec::OBJECT_ACTOR,
    ColumnSpec::OBJECT_COUNTER,
    ColumnSpec::KEY_COUNTER,
    ColumnSpec::ACTION,
    ColumnSpec::VALUE_META,
    ColumnSpec::PREDECESSOR_COUNT,
    ColumnSpec::PREDECESSOR_ACTOR,
    ColumnSpec::PREDECESSOR_COUNTER,
];
/// Where the genesis change makes the description.
const DESCRIPTION_OP: u64 = 2;
/// Operations of genesis, one a container.
const GENESIS_OPS: u64 = 7;
const TEXT_OF_ONE_BYTE: u8 = (1 << 4) | 6;
/// Heads of CBOR: an array without a count, and its end.
const ROW_OF_UNKNOWN_LENGTH: u8 = 0x9f;
const END_OF_ROW: u8 = 0xff;
/// More items than a bomb has around its row.
const ITEMS_AROUND: usize = 64;

fn repeat(count: u64, value: &[u8]) -> Vec<u8> {
    [signed_leb128(count.cast_signed()), value.to_vec()].concat()
}

/// `count` characters typed into the description, all in about a hundred bytes.
pub(super) fn typed(count: u64, start_op: u64, sequence: u64, before: &Document) -> Forged {
    let mut forged = Forged {
        dependencies: before.heads(),
        actor: ActorId([9; 16]),
        sequence,
        start_op,
        time: 0,
        message: String::new(),
        other_actors: vec![xunge_documents::schema::GENESIS_ACTOR],
        columns: Vec::new(),
        extra: Vec::new(),
    };
    forged.set(ColumnSpec::OBJECT_ACTOR, repeat(count, &[1]));
    forged.set(
        ColumnSpec::OBJECT_COUNTER,
        repeat(count, &leb128(DESCRIPTION_OP)),
    );
    forged.set(ColumnSpec::KEY_COUNTER, repeat(count, &[0]));
    forged.set(ColumnSpec::INSERT, [vec![0], leb128(count)].concat());
    forged.set(ColumnSpec::ACTION, repeat(count, &[1]));
    forged.set(ColumnSpec::VALUE_META, repeat(count, &[TEXT_OF_ONE_BYTE]));
    forged.set(ColumnSpec::VALUE, vec![b'x'; count.min(10_001) as usize]);
    forged.set(ColumnSpec::PREDECESSOR_COUNT, repeat(count, &[0]));
    forged
}

/// A change that claims far more than it holds, or holds as much as it may.
pub(super) fn change(random: &mut SplitMix) -> Vec<u8> {
    let steps = history::steps();
    let mut forged = Forged::of(&steps[place(random, steps.len())].raw);
    let huge = HUGE[place(random, HUGE.len())] - random.below(2);
    let spec = RUN_COLUMNS[place(random, RUN_COLUMNS.len())];
    match random.below(9) {
        0 => forged.set(spec, [vec![0], leb128(huge)].concat()),
        1 => forged.set(spec, repeat(huge, &[1])),
        2 => forged.set(
            spec,
            [signed_leb128(huge.cast_signed().wrapping_neg()), vec![1]].concat(),
        ),
        3 => forged.set(ColumnSpec::INSERT, [vec![0], leb128(huge)].concat()),
        4 => {
            let meta = leb128(huge << 4 | random.below(10));
            forged.set(ColumnSpec::VALUE_META, repeat(1 + random.below(9), &meta));
        }
        5 => forged.extra = vec![0; random.below(3 * guard::CHANGE_BYTES_MAX as u64 / 2) as usize],
        6 => forged = typed(huge, GENESIS_OPS + 1, 1, &Document::new()),
        7 => {
            let contents = forged.raw().split_off(HEADER_GUESS);
            return seal(random.below(6) as u8, &contents);
        }
        _ => forged = typed(1 + random.below(200), GENESIS_OPS + 1, 1, &Document::new()),
    }
    forged.raw()
}

/// Where the contents of a small change begin.
const HEADER_GUESS: usize = 11;

/// The bombs that are always tried, by name: changes.
pub(super) fn changes() -> Vec<(String, Vec<u8>)> {
    let empty = Document::new();
    let full = guard::OPS_PER_CHANGE_MAX as u64;
    let typed = |count| typed(count, GENESIS_OPS + 1, 1, &empty).raw();
    let mut bombs = vec![
        ("typed-20-million".to_owned(), typed(20_000_000)),
        ("typed-one-too-many".to_owned(), typed(full + 1)),
        ("typed-as-much-as-fits".to_owned(), typed(full)),
        ("nulls-20-million".to_owned(), nulls(20_000_000).raw()),
    ];
    for (number, step) in history::steps().iter().take(4).enumerate() {
        for spec in RUN_COLUMNS {
            let mut forged = Forged::of(&step.raw);
            forged.set(spec, repeat(i64::MAX as u64, &[1]));
            bombs.push((format!("huge-{}-{number}", spec.name()), forged.raw()));
        }
    }
    bombs
}

/// The bomb of the design: nulls inserted at the head of a list.
fn nulls(count: u64) -> Forged {
    let mut forged = typed(count, 8, 1, &Document::new());
    forged.set(ColumnSpec::VALUE_META, repeat(count, &[0]));
    forged.set(ColumnSpec::VALUE, Vec::new());
    forged
}

/// A packed body where `head` says an array begins and `item` comes `count` times.
fn many(head: &[u8], item: &[u8], tail: &[u8], count: usize) -> Vec<u8> {
    let mut plain = head.to_vec();
    plain.push(ROW_OF_UNKNOWN_LENGTH);
    plain.extend(item.repeat(count));
    plain.push(END_OF_ROW);
    plain.extend_from_slice(tail);
    packed(&plain)
}

/// Compressed, so that the bombs are as small as an attacker's.
fn packed(plain: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 5,
        ..Default::default()
    };
    let mut out = Vec::new();
    let mut input = plain;
    match brotli::BrotliCompress(&mut input, &mut out, &parameters) {
        Ok(_) => out,
        Err(_) => stored(plain),
    }
}

/// A place in a message where somebody can put many of something small.
struct Row {
    name: &'static str,
    /// The byte that names the message.
    message: u8,
    head: Vec<u8>,
    item: &'static [u8],
    /// Data items in it.
    items: usize,
    tail: &'static [u8],
}

fn bytes(length: u8) -> Vec<u8> {
    [vec![0x58, length], vec![7; usize::from(length)]].concat()
}

/// Sixteen bytes that are an id.
fn id() -> Vec<u8> {
    [vec![0x50], vec![4; 16]].concat()
}

fn rows() -> Vec<Row> {
    let row = |name, message, head, item, items, tail| Row {
        name,
        message,
        head,
        item,
        items,
        tail,
    };
    let enrolment = [vec![0x84], bytes(16), bytes(16), bytes(33)].concat();
    let request = [vec![0x87], bytes(16)].concat();
    let cursors = [request.clone(), vec![0x80, 0x01]].concat();
    let push = [cursors.clone(), vec![0x80, 0x82, 0x82], id(), bytes(64)].concat();
    let changes = [push, vec![0x81, 0x82], id()].concat();
    let head = [vec![0x82, 0x00, 0x81, 0x84], bytes(16)].concat();
    let verdicts = [head, vec![0x01, 0x01, 0x81, 0x82], id()].concat();
    let enrolled = [vec![0x82, 0x05, 0x81, 0x89], bytes(33), id(), bytes(16)].concat();
    let roles = [enrolled, vec![0x01, 0x85, 0x61, b'p', 0x61, b'p']].concat();
    vec![
        row("enrolment", 1, enrolment, &[0x60], 1, &[]),
        row(
            "capabilities",
            0,
            request,
            &[0x60],
            1,
            &[1, 0x80, 0xf6, 0x80, 0],
        ),
        row(
            "cursors",
            0,
            cursors,
            b"\x82\x65org:a\x00",
            3,
            &[0xf6, 0x80, 0],
        ),
        row(
            "changes",
            0,
            changes.clone(),
            &[0x82, 0x40, 0xf6],
            3,
            &[0x80, 0],
        ),
        row("short-changes", 0, changes, &[0x81, 0x40], 2, &[0x80, 0]),
        row("verdicts", 2, verdicts, &[0x82, 0, 0x80], 3, &[]),
        row("roles", 2, roles, &[0], 1, &[0xf6, 0x80]),
    ]
}

/// Bodies of the plain wire, the first byte naming the message (0 request, 1 enrolment, 2 frame).
pub(super) fn bodies() -> Vec<(String, Vec<u8>)> {
    const FULL: usize = REQUEST_BYTES_MAX - 200;
    let mut bombs = vec![
        ("nested".to_owned(), 2, packed(&vec![0x81; FULL])),
        ("nested-tags".to_owned(), 1, packed(&vec![0xd8; FULL])),
        (
            "zeros".to_owned(),
            0,
            packed(&vec![0; REQUEST_BYTES_MAX + 1]),
        ),
        ("large-window".to_owned(), 0, vec![0x11, 30, 0x03]),
        (
            "largest-block".to_owned(),
            0,
            vec![0x0f, 0xff, 0xff, 0xff, 0x07, 0, 0],
        ),
    ];
    for row in rows() {
        // As many as the bytes allow, and as many as the limit of items lets pass.
        let most = (ITEMS_MAX - ITEMS_AROUND) / row.items;
        for (size, count) in [("full", FULL / row.item.len()), ("fitting", most)] {
            let count = count.min(FULL / row.item.len());
            let body = many(&row.head, row.item, row.tail, count);
            bombs.push((format!("{size}-{}", row.name), row.message, body));
        }
    }
    let named = |(name, message, body)| (name, [vec![message], body].concat());
    bombs.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use xunge_documents::operations::{self, ObjectRef};
    use xunge_documents::schema::Container;

    use super::*;

    #[test]
    fn typed_characters_go_into_the_description_and_the_guard_takes_as_many_as_it_says() {
        let empty = Document::new();
        let full = guard::OPS_PER_CHANGE_MAX as u64;
        let raw = typed(full, GENESIS_OPS + 1, 1, &empty).raw();
        let inspected = guard::inspect(&raw);
        let Ok(inspected) = inspected else {
            panic!("{inspected:?}");
        };
        let decoded = operations::decode(&inspected);
        let object = decoded.iter().flatten().next().map(|first| first.object);
        let container = object.and_then(|object: ObjectRef| Container::of(&object));
        assert_eq!(container, Some(Container::Description));
        assert!(guard::inspect(&typed(full + 1, GENESIS_OPS + 1, 1, &empty).raw()).is_err());
    }

    #[test]
    fn what_fits_is_read_and_what_does_not_is_refused() {
        use crate::hostile::Target;
        use crate::hostile::Verdict::{Accepted, Refused};
        for (name, body) in bodies() {
            // Nobody has half a million roles: each is one of nine, and comes once.
            let fits = name.starts_with("fitting-") && !name.ends_with("-roles");
            let verdict = if fits { Accepted } else { Refused };
            assert_eq!(Target::Plain.run(&body), verdict, "{name}");
        }
    }
}
