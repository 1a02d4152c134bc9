//! What the camera wrote about the picture: which side is up, when, where, with what.
//!
//! EXIF is written by a thousand firmwares and edited by as many apps. A field
//! that makes no sense counts as missing, and nothing in here is an error:
//! broken EXIF must never stop a capture. All of it is a claim of the file, not
//! proof; the capture record carries the device's own clock and fixes.

use exif::{In, Reader, Tag, Value};

use crate::shield::shield;

/// EXIF longer than a JPEG segment can hold is not read, whatever the container.
pub const EXIF_BYTES_MAX: usize = 65_533;

/// A camera's name is cut after this many characters.
pub const CAMERA_CHARACTERS_MAX: usize = 64;

/// Stands before the TIFF data in a JPEG segment, and by mistake in other containers.
pub(crate) const EXIF_PREFIX: &[u8] = b"Exif\0\0";

/// The claims that matter here.
#[derive(Debug, Clone, PartialEq)]
pub struct Exif {
    /// 1 to 8 as the standard numbers them; 1 (upright) when missing or odd.
    pub orientation: u8,
    /// When the picture was taken, by the camera's clock and in its unnamed time
    /// zone, as written: `YYYY:MM:DD HH:MM:SS`.
    pub taken_at: Option<String>,
    /// Maker and model, such as `Apple iPhone 6`.
    pub camera: Option<String>,
    /// Longitude and latitude in degrees, as written (WGS-84 by the standard).
    pub position: Option<(f64, f64)>,
}

impl Default for Exif {
    fn default() -> Self {
        Self {
            orientation: 1,
            taken_at: None,
            camera: None,
            position: None,
        }
    }
}

impl Exif {
    /// Reads the TIFF structure of an EXIF block as far as it makes sense.
    pub(crate) fn read(block: Option<&[u8]>) -> Self {
        let Some(block) = block else {
            return Self::default();
        };
        let block = block.strip_prefix(EXIF_PREFIX).unwrap_or(block);
        if block.len() > EXIF_BYTES_MAX {
            return Self::default();
        }
        shield(|| read_fields(block)).flatten().unwrap_or_default()
    }
}

fn read_fields(block: &[u8]) -> Option<Exif> {
    let fields = Reader::new()
        .continue_on_error(true)
        .read_raw(block.to_vec())
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()?;
    Some(Exif {
        orientation: orientation(&fields).unwrap_or(1),
        taken_at: taken_at(&fields),
        camera: camera(&fields),
        position: position(&fields),
    })
}

fn orientation(fields: &exif::Exif) -> Option<u8> {
    let value = &fields.get_field(Tag::Orientation, In::PRIMARY)?.value;
    let orientation = u8::try_from(value.get_uint(0)?).ok()?;
    (1..=8).contains(&orientation).then_some(orientation)
}

/// The shutter's time; the time of the last edit only when there is no other.
fn taken_at(fields: &exif::Exif) -> Option<String> {
    [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime]
        .into_iter()
        .filter_map(|tag| text(fields, tag))
        .find(|written| is_date_time(written))
}

/// `YYYY:MM:DD HH:MM:SS` with every number in its range; zeros and blanks mean unknown.
fn is_date_time(written: &str) -> bool {
    const SHAPE: &[u8; 19] = b"dddd:dd:dd dd:dd:dd";
    let fits = |(byte, shape): (u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        separator => byte == *separator,
    };
    if written.len() != SHAPE.len() || !written.bytes().zip(SHAPE).all(fits) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| {
        let digits = written.get(range).unwrap_or_default();
        digits.parse::<u16>().unwrap_or(u16::MAX)
    };
    let days = match number(5..7) {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(number(0..4)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    number(0..4) > 0
        && (1..=days).contains(&number(8..10))
        && number(11..13) < 24
        && number(14..16) < 60
        && number(17..19) < 60
}

fn is_leap_year(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn camera(fields: &exif::Exif) -> Option<String> {
    let maker = text(fields, Tag::Make).unwrap_or_default();
    let model = text(fields, Tag::Model).unwrap_or_default();
    // Some makers repeat their name in the model.
    let repeated = model
        .get(..maker.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(&maker));
    let name = if repeated {
        model
    } else {
        format!("{maker} {model}")
    };
    let cut: String = name.trim().chars().take(CAMERA_CHARACTERS_MAX).collect();
    let cut = cut.trim_end();
    (!cut.is_empty()).then(|| cut.to_owned())
}

/// A text field's first string without padding; `None` when it is no clean text.
fn text(fields: &exif::Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(strings) = &fields.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let written = std::str::from_utf8(strings.first()?).ok()?.trim();
    (!written.chars().any(char::is_control)).then(|| written.to_owned())
}

fn position(fields: &exif::Exif) -> Option<(f64, f64)> {
    let latitude =
        degrees(fields, Tag::GPSLatitude, 90.0)? * sign(fields, Tag::GPSLatitudeRef, "N", "S")?;
    let longitude =
        degrees(fields, Tag::GPSLongitude, 180.0)? * sign(fields, Tag::GPSLongitudeRef, "E", "W")?;
    // Cameras without a fix write zeros; nobody here works in the Gulf of Guinea.
    if latitude == 0.0 && longitude == 0.0 {
        return None;
    }
    Some((longitude, latitude))
}

fn degrees(fields: &exif::Exif, tag: Tag, max: f64) -> Option<f64> {
    let [degrees, minutes, seconds] = quotients(&fields.get_field(tag, In::PRIMARY)?.value)?;
    if minutes > 60.0 || seconds > 60.0 {
        return None;
    }
    let sum = degrees + minutes / 60.0 + seconds / 3600.0;
    (sum <= max).then_some(sum)
}

/// Three numbers, none negative. 0/0 means unknown, and half a position would be
/// off by a kilometre: none then. Signed fractions are against the standard and
/// in the files of at least one large maker.
fn quotients(value: &Value) -> Option<[f64; 3]> {
    let numbers: Vec<f64> = match value {
        Value::Rational(parts) => parts.iter().map(exif::Rational::to_f64).collect(),
        Value::SRational(parts) => parts.iter().map(exif::SRational::to_f64).collect(),
        _ => return None,
    };
    let numbers: [f64; 3] = numbers.try_into().ok()?;
    let known = |number: &f64| number.is_finite() && *number >= 0.0;
    numbers.iter().all(known).then_some(numbers)
}

/// Without the hemisphere a position is a guess, so it counts as missing.
fn sign(fields: &exif::Exif, tag: Tag, positive: &str, negative: &str) -> Option<f64> {
    let written = text(fields, tag)?;
    if written.eq_ignore_ascii_case(positive) {
        Some(1.0)
    } else if written.eq_ignore_ascii_case(negative) {
        Some(-1.0)
    } else {
        None
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{CAMERA_CHARACTERS_MAX, EXIF_BYTES_MAX, Exif, is_date_time};

    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    const SIGNED_RATIONAL: u16 = 10;

    /// Little-endian directory entries: (tag, type, count, value bytes).
    type Entry<'a> = (u16, u16, u32, &'a [u8]);

    /// A directory at `offset`, its long values behind it.
    fn directory(offset: u32, entries: &[Entry<'_>]) -> Vec<u8> {
        let count = u16::try_from(entries.len()).unwrap();
        let mut table = count.to_le_bytes().to_vec();
        let mut values = Vec::new();
        let values_at = offset + 2 + 12 * u32::from(count) + 4;
        for (tag, kind, count, value) in entries {
            table.extend_from_slice(&tag.to_le_bytes());
            table.extend_from_slice(&kind.to_le_bytes());
            table.extend_from_slice(&count.to_le_bytes());
            if value.len() <= 4 {
                let mut inline = value.to_vec();
                inline.resize(4, 0);
                table.extend_from_slice(&inline);
            } else {
                let at = values_at + u32::try_from(values.len()).unwrap();
                table.extend_from_slice(&at.to_le_bytes());
                values.extend_from_slice(value);
            }
        }
        table.extend_from_slice(&[0; 4]);
        [table, values].concat()
    }

    fn read(entries: &[Entry<'_>]) -> Exif {
        let block = [b"II*\0\x08\0\0\0".to_vec(), directory(8, entries)].concat();
        Exif::read(Some(&block))
    }

    /// A block with one entry that points to a GPS directory.
    fn read_position(entries: &[Entry<'_>]) -> Option<(f64, f64)> {
        let pointer = 26_u32.to_le_bytes();
        let first = directory(8, &[(0x8825, LONG, 1, &pointer)]);
        let block = [b"II*\0\x08\0\0\0".to_vec(), first, directory(26, entries)].concat();
        Exif::read(Some(&block)).position
    }

    fn rationals(parts: [(u32, u32); 3]) -> Vec<u8> {
        let numbers = parts.into_iter().flat_map(|(n, d)| [n, d]);
        numbers.flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn orientation_is_one_to_eight_or_upright() {
        for (written, read_as) in [(1, 1), (6, 6), (8, 8), (0, 1), (9, 1), (65_535, 1)] {
            let value = u16::to_le_bytes(written);
            assert_eq!(
                read(&[(0x0112, SHORT, 1, &value)]).orientation,
                read_as,
                "{written}"
            );
        }
        assert_eq!(read(&[(0x0112, SHORT, 0, &[])]).orientation, 1);
        assert_eq!(read(&[(0x0112, ASCII, 2, b"6\0")]).orientation, 1);
        assert_eq!(read(&[]), Exif::default());
    }

    #[test]
    fn only_a_time_that_can_be_one_is_passed_on() {
        for good in ["2024:02:29 23:59:59", "1999:12:31 00:00:00"] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "",
            "0000:00:00 00:00:00",
            "0000:01:01 00:00:00",
            "2023:02:29 12:00:00",
            "2024:13:01 12:00:00",
            "2024:04:31 12:00:00",
            "2024:04:00 12:00:00",
            "2024:04:30 24:00:00",
            "2024:04:30 23:60:00",
            "2024:04:30 23:59:60",
            "2024-04-30 23:59:59",
            "2024:04:30T23:59:59",
            "2024:04:30 23:59:5",
            "2024:04:30 23:59:599",
            "    :  :     :  :  ",
            "２:04:30 23:59:5",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
        let edited = read(&[(0x0132, ASCII, 20, b"2024:04:30 23:59:59\0")]);
        assert_eq!(edited.taken_at.as_deref(), Some("2024:04:30 23:59:59"));
    }

    #[test]
    fn camera_is_maker_and_model_once_and_clean() {
        let named = |maker: &[u8], model: &[u8]| {
            let length = |text: &[u8]| u32::try_from(text.len()).unwrap();
            read(&[
                (0x010F, ASCII, length(maker), maker),
                (0x0110, ASCII, length(model), model),
            ])
            .camera
        };
        assert_eq!(named(b"Apple\0", b"iPhone 6\0").unwrap(), "Apple iPhone 6");
        assert_eq!(named(b"NIKON\0", b"Nikon D1  \0").unwrap(), "Nikon D1");
        assert_eq!(named(b"", b"D1234\0").unwrap(), "D1234");
        assert_eq!(named("华为\0".as_bytes(), b"P60\0").unwrap(), "华为 P60");
        assert_eq!(named(b"\xFF\xFE\xFD\xFC\0", b"a\x07bcd\0"), None);
        let long = [b'x'; CAMERA_CHARACTERS_MAX + 1];
        assert_eq!(named(b"", &long).unwrap().len(), CAMERA_CHARACTERS_MAX);
    }

    #[test]
    fn position_needs_numbers_in_range_and_a_hemisphere() {
        let latitude = rationals([(30, 1), (35, 1), (5964, 100)]);
        let longitude = rationals([(114, 1), (18, 1), (0, 1)]);
        let at = |north: &[u8], latitude: &[u8], longitude: &[u8]| {
            read_position(&[
                (1, ASCII, 2, north),
                (2, RATIONAL, 3, latitude),
                (3, ASCII, 2, b"E\0"),
                (4, RATIONAL, 3, longitude),
            ])
        };
        let (lng, lat) = at(b"N\0", &latitude, &longitude).unwrap();
        assert!((lng - 114.3).abs() < 1e-9 && (lat - 30.599_9).abs() < 1e-9);
        assert!(at(b"S\0", &latitude, &longitude).unwrap().1 < 0.0);
        assert_eq!(at(b"\0\0", &latitude, &longitude), None);
        assert_eq!(at(b"X\0", &latitude, &longitude), None);

        let zero = rationals([(0, 1), (0, 1), (0, 1)]);
        assert_eq!(at(b"N\0", &zero, &zero), None);
        for odd in [
            [(91, 1), (0, 1), (0, 1)],
            [(90, 1), (0, 1), (1, 1)],
            [(30, 0), (0, 1), (0, 1)],
            [(30, 1), (0, 0), (0, 1)],
            [(30, 1), (61, 1), (0, 1)],
            [(30, 1), (0, 1), (61, 1)],
        ] {
            assert_eq!(at(b"N\0", &rationals(odd), &longitude), None, "{odd:?}");
        }

        let signed = |longitude: &[u8]| {
            read_position(&[
                (1, ASCII, 2, b"N\0"),
                (2, SIGNED_RATIONAL, 3, &latitude),
                (3, ASCII, 2, b"E\0"),
                (4, SIGNED_RATIONAL, 3, longitude),
            ])
        };
        assert_eq!(signed(&longitude), Some((lng, lat)));
        let minus_one = u32::from_le_bytes((-1_i32).to_le_bytes());
        let negative = rationals([(minus_one, 1), (0, 1), (0, 1)]);
        assert_eq!(signed(&negative), None);
    }

    #[test]
    fn what_is_whole_in_a_broken_block_is_still_read() {
        let orientation = 6_u16.to_le_bytes();
        let lost = 70_000_u32.to_le_bytes();
        let broken = read(&[
            (0x0112, SHORT, 1, &orientation),
            (0x8825, LONG, 1, &lost),
            (0x010F, ASCII, 0, &[]),
        ]);
        assert_eq!(broken.orientation, 6);
        assert_eq!(broken.position, None);
        assert_eq!(broken.camera, None);
    }

    #[test]
    fn junk_is_no_error_and_a_block_over_the_limit_is_not_read() {
        for junk in [&b""[..], b"II", b"Exif\0\0", b"II*\0\xFF\xFF\xFF\xFF"] {
            assert_eq!(Exif::read(Some(junk)), Exif::default());
        }
        let value = 6_u16.to_le_bytes();
        let directory = directory(8, &[(0x0112, SHORT, 1, &value)]);
        let mut block = [b"Exif\0\0II*\0\x08\0\0\0".to_vec(), directory].concat();
        block.resize(b"Exif\0\0".len() + EXIF_BYTES_MAX, 0);
        assert_eq!(Exif::read(Some(&block)).orientation, 6);
        block.push(0);
        assert_eq!(Exif::read(Some(&block)).orientation, 1);
    }
}
