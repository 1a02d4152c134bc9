//! EXIF as firmwares and editors break it. None of it says that the picture is turned, in a way that may be believed.

/// A little-endian directory entry.
fn entry(tag: u16, kind: u16, count: u32, value: u32) -> Vec<u8> {
    let parts: [&[u8]; 4] = [
        &tag.to_le_bytes(),
        &kind.to_le_bytes(),
        &count.to_le_bytes(),
        &value.to_le_bytes(),
    ];
    parts.concat()
}

/// A block of one directory that claims `count` entries and goes on at `next`.
fn block(count: u16, entries: &[Vec<u8>], next: u32) -> Vec<u8> {
    let parts = [
        b"II*\0\x08\0\0\0".to_vec(),
        count.to_le_bytes().to_vec(),
        entries.concat(),
        next.to_le_bytes().to_vec(),
    ];
    parts.concat()
}

const ORIENTATION: u16 = 0x0112;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
const THUMBNAIL: u16 = 0x0201;

/// Name and TIFF block of each.
pub(crate) fn blocks() -> Vec<(&'static str, Vec<u8>)> {
    let upright = || entry(ORIENTATION, 3, 1, 1);
    vec![
        ("empty", Vec::new()),
        ("two letters", b"II".to_vec()),
        ("no magic", b"II\0\0\x08\0\0\0".to_vec()),
        ("other letters", b"XX*\0\x08\0\0\0".to_vec()),
        (
            "directory behind the end",
            b"II*\0\xFF\xFF\xFF\x7F".to_vec(),
        ),
        ("directory over the header", b"II*\0\0\0\0\0".to_vec()),
        (
            "more entries than there are",
            block(65_535, &[upright()], 0),
        ),
        ("no entries", block(0, &[], 0)),
        ("directory that follows itself", block(1, &[upright()], 8)),
        (
            "sub-directory that is its parent",
            block(2, &[upright(), entry(EXIF_DIRECTORY, 4, 1, 8)], 0),
        ),
        (
            "positions in the first directory",
            block(2, &[upright(), entry(GPS_DIRECTORY, 4, 1, 8)], 0),
        ),
        (
            "positions behind the end",
            block(2, &[upright(), entry(GPS_DIRECTORY, 4, 1, 9_999_999)], 0),
        ),
        ("orientation 0", block(1, &[entry(ORIENTATION, 3, 1, 0)], 0)),
        ("orientation 9", block(1, &[entry(ORIENTATION, 3, 1, 9)], 0)),
        (
            "orientation 65,535",
            block(1, &[entry(ORIENTATION, 3, 1, 65_535)], 0),
        ),
        (
            "orientation as text",
            block(1, &[entry(ORIENTATION, 2, 2, 0x36)], 0),
        ),
        (
            "orientation without a value",
            block(1, &[entry(ORIENTATION, 3, 0, 6)], 0),
        ),
        (
            "a thousand million orientations",
            block(1, &[entry(ORIENTATION, 3, 1_000_000_000, 26)], 0),
        ),
        (
            "a type that does not exist",
            block(1, &[entry(ORIENTATION, 99, 1, 6)], 0),
        ),
        (
            "a text behind the end",
            block(2, &[upright(), entry(0x010F, 2, 40, 60_000)], 0),
        ),
        (
            "a thumbnail behind the end",
            block(2, &[upright(), entry(THUMBNAIL, 4, 1, 0x7FFF_FFFF)], 0),
        ),
        ("filled with ones", vec![0xFF; 4_000]),
        ("filled with zeros", vec![0; 4_000]),
        ("as long as can be", {
            let mut long = block(1, &[upright()], 0);
            long.resize(65_000, 0x4D);
            long
        }),
    ]
}
