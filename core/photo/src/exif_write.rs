//! The little EXIF that a copy carries: upright, when, and where only if that is wanted.
//!
//! Written by ourselves because it is five tags; a library would bring the other five hundred.

use crate::Exif;
use crate::exif_read::EXIF_PREFIX;

/// What a copy says about itself. What it does not say stays with the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExifPolicy {
    /// No EXIF at all: for the public.
    #[default]
    Nothing,
    /// Upright, and when.
    Time,
    /// Upright, when, and where.
    TimeAndPosition,
}

const ASCII: u16 = 2;
const BYTE: u16 = 1;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;
const UNDEFINED: u16 = 7;

const ORIENTATION: u16 = 0x0112;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
const EXIF_VERSION: u16 = 0x9000;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const GPS_VERSION: u16 = 0;
const GPS_LATITUDE_REFERENCE: u16 = 1;
const GPS_LATITUDE: u16 = 2;
const GPS_LONGITUDE_REFERENCE: u16 = 3;
const GPS_LONGITUDE: u16 = 4;
const GPS_MAP_DATUM: u16 = 0x12;

/// Seconds of arc are written in hundred thousandths: a third of a millimetre.
const SECONDS_PARTS: f64 = 100_000.0;

/// Bytes before the first directory.
const HEADER: &[u8] = b"II*\0\x08\0\0\0";

struct Entry {
    tag: u16,
    kind: u16,
    count: usize,
    value: Vec<u8>,
}

/// The segment of a copy, or `None` when it carries none.
pub(crate) fn segment(original: &Exif, policy: ExifPolicy) -> Option<Vec<u8>> {
    let position = match policy {
        ExifPolicy::Nothing => return None,
        ExifPolicy::Time => None,
        ExifPolicy::TimeAndPosition => original.position,
    };
    let mut times = vec![entry(EXIF_VERSION, UNDEFINED, 4, b"0232".to_vec())];
    if let Some(taken_at) = &original.taken_at {
        times.push(text(DATE_TIME_ORIGINAL, taken_at));
    }
    let gps = position.map(places);

    // Pointers are of a fixed length, so the offsets are known before the values.
    let pointer = |tag: u16, at: usize| entry(tag, LONG, 1, (at as u32).to_le_bytes().to_vec());
    let first = |times_at: usize, gps_at: usize| {
        let mut entries = vec![entry(ORIENTATION, SHORT, 1, 1_u16.to_le_bytes().to_vec())];
        entries.push(pointer(EXIF_DIRECTORY, times_at));
        if gps.is_some() {
            entries.push(pointer(GPS_DIRECTORY, gps_at));
        }
        entries
    };
    let times_at = HEADER.len() + directory(0, &first(0, 0)).len();
    let gps_at = times_at + directory(0, &times).len();
    let mut block = [EXIF_PREFIX, HEADER].concat();
    block.extend(directory(HEADER.len(), &first(times_at, gps_at)));
    block.extend(directory(times_at, &times));
    if let Some(gps) = &gps {
        block.extend(directory(gps_at, gps));
    }
    Some(block)
}

fn places((longitude, latitude): (f64, f64)) -> Vec<Entry> {
    let reference =
        |degrees: f64, positive, negative| if degrees < 0.0 { negative } else { positive };
    vec![
        entry(GPS_VERSION, BYTE, 4, vec![2, 3, 0, 0]),
        text(GPS_LATITUDE_REFERENCE, reference(latitude, "N", "S")),
        entry(GPS_LATITUDE, RATIONAL, 3, degrees(latitude)),
        text(GPS_LONGITUDE_REFERENCE, reference(longitude, "E", "W")),
        entry(GPS_LONGITUDE, RATIONAL, 3, degrees(longitude)),
        text(GPS_MAP_DATUM, "WGS-84"),
    ]
}

/// Degrees, minutes and seconds of arc as fractions.
fn degrees(value: f64) -> Vec<u8> {
    let parts = (value.abs() * 3600.0 * SECONDS_PARTS).round() as u64;
    let a_minute = 60 * SECONDS_PARTS as u64;
    let (minutes, seconds) = (parts / a_minute, parts % a_minute);
    let fractions = [
        (minutes / 60, 1),
        (minutes % 60, 1),
        (seconds, SECONDS_PARTS as u64),
    ];
    let numbers = fractions
        .into_iter()
        .flat_map(|(above, below)| [above, below]);
    numbers
        .flat_map(|number| (number as u32).to_le_bytes())
        .collect()
}

fn entry(tag: u16, kind: u16, count: usize, value: Vec<u8>) -> Entry {
    Entry {
        tag,
        kind,
        count,
        value,
    }
}

fn text(tag: u16, text: &str) -> Entry {
    let value = [text.as_bytes(), b"\0"].concat();
    entry(tag, ASCII, value.len(), value)
}

/// A directory that stands at `at`, its long values behind it. Tags must ascend.
fn directory(at: usize, entries: &[Entry]) -> Vec<u8> {
    let mut table = (entries.len() as u16).to_le_bytes().to_vec();
    let mut values = Vec::new();
    let values_at = at + 2 + 12 * entries.len() + 4;
    for entry in entries {
        table.extend(entry.tag.to_le_bytes());
        table.extend(entry.kind.to_le_bytes());
        table.extend((entry.count as u32).to_le_bytes());
        if entry.value.len() <= 4 {
            let mut inline = entry.value.clone();
            inline.resize(4, 0);
            table.extend(inline);
        } else {
            table.extend(((values_at + values.len()) as u32).to_le_bytes());
            values.extend(&entry.value);
            if values.len() % 2 == 1 {
                values.push(0); // values begin at even places
            }
        }
    }
    table.extend([0; 4]); // no further directory
    table.extend(values);
    table
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{Exif, ExifPolicy, segment};

    fn original() -> Exif {
        Exif {
            orientation: 6,
            taken_at: Some("2025:06:30 09:41:07".to_owned()),
            camera: Some("Apple iPhone 6".to_owned()),
            position: Some((113.786_1, -34.755_2)),
        }
    }

    #[test]
    fn what_is_written_is_read_back_as_the_policy_says() {
        assert_eq!(segment(&original(), ExifPolicy::Nothing), None);
        let read = |policy| Exif::read(segment(&original(), policy).as_deref());
        let time = Exif {
            taken_at: original().taken_at,
            ..Exif::default()
        };
        assert_eq!(read(ExifPolicy::Time), time);
        let both = read(ExifPolicy::TimeAndPosition);
        let (longitude, latitude) = both.position.unwrap();
        assert!((longitude - 113.786_1).abs() < 1e-8 && (latitude + 34.755_2).abs() < 1e-8);
        assert_eq!(
            Exif {
                position: None,
                ..both
            },
            time
        );
    }

    #[test]
    fn an_original_that_says_nothing_gives_an_upright_copy_that_says_nothing() {
        let silent = segment(&Exif::default(), ExifPolicy::TimeAndPosition).unwrap();
        assert_eq!(Exif::read(Some(&silent)), Exif::default());
    }

    #[test]
    fn a_position_never_stands_in_a_copy_that_must_not_have_it() {
        let with = segment(&original(), ExifPolicy::TimeAndPosition).unwrap();
        let without = segment(&original(), ExifPolicy::Time).unwrap();
        let says = |block: &[u8], word: &[u8]| block.windows(word.len()).any(|part| part == word);
        assert!(says(&with, b"WGS-84") && says(&with, b"2025"));
        assert!(!says(&without, b"WGS-84") && says(&without, b"2025"));
    }

    #[test]
    fn edges_of_the_earth_are_written_right() {
        for (longitude, latitude) in [
            (180.0, 90.0),
            (-180.0, -90.0),
            (0.000_01, 0.0),
            (59.999_999_99, 1.0),
        ] {
            let exif = Exif {
                position: Some((longitude, latitude)),
                ..Exif::default()
            };
            let block = segment(&exif, ExifPolicy::TimeAndPosition).unwrap();
            let read = Exif::read(Some(&block)).position.unwrap();
            assert!(
                (read.0 - longitude).abs() < 1e-8 && (read.1 - latitude).abs() < 1e-8,
                "{read:?}"
            );
        }
    }
}
