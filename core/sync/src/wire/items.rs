//! How many data items a message is made of, told from their heads alone.
//!
//! A text of no letters is one byte on the wire and 24 in memory, and a change without bytes two and 96. So four
//! million bytes of them, which compress to fifty, would be hundreds of megabytes: the items are counted before
//! anything is made of them.

/// Most data items of a message. A change on the wire has three, a corner of a unit grid three, a class about
/// fifteen: eighty thousand changes fit, and the largest class table with five thousand grids.
pub const ITEMS_MAX: usize = 256 * 1024;

const BYTES: u8 = 2;
const TEXT: u8 = 3;

/// Whether there are more than `most` items. What is no CBOR ends the count: the decoder will say so.
pub(crate) fn exceed(mut plain: &[u8], most: usize) -> bool {
    let mut items = 0;
    while let Some(rest) = behind_item(plain) {
        items += 1;
        if items > most {
            return true;
        }
        plain = rest;
    }
    false
}

/// What follows the first head, and the bytes or letters it announces.
fn behind_item(plain: &[u8]) -> Option<&[u8]> {
    let (head, rest) = plain.split_first()?;
    let (kind, short) = (head >> 5, head & 0x1f);
    let length = match short {
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        28..=30 => return None,
        _ => 0,
    };
    let (number, rest) = rest.split_at_checked(length)?;
    if !matches!(kind, BYTES | TEXT) || short == 0x1f {
        return Some(rest);
    }
    let value = number
        .iter()
        .fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    let skipped = if length == 0 { u64::from(short) } else { value };
    rest.get(usize::try_from(skipped).ok()?..)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::exceed;

    #[test]
    fn heads_are_counted_and_what_they_announce_is_not() {
        let texts = minicbor::to_vec(["", "路面", &"x".repeat(70_000)]).unwrap();
        let numbers = minicbor::to_vec([1_u64, 24, 1 << 9, 1 << 17, u64::MAX]).unwrap();
        let bytes = minicbor::to_vec(minicbor::bytes::ByteVec::from(vec![0x60; 300])).unwrap();
        for (plain, items) in [(texts, 4), (numbers, 6), (bytes, 1)] {
            assert!(!exceed(&plain, items));
            assert!(exceed(&plain, items - 1));
        }
    }

    #[test]
    fn what_is_cut_or_no_cbor_ends_the_count() {
        for plain in [
            &[][..],
            &[0x5b, 0xff],
            &[0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0],
            &[0x1c],
        ] {
            assert!(!exceed(plain, 0), "{plain:02x?}");
        }
        assert!(
            exceed(&[0x9f, 0x60, 0xff], 2),
            "a row of unknown length and its end"
        );
    }
}
