//! The segments of a JPEG, walked without a decoder.
//!
//! A 17 KB file whose frame header claims 65,500 × 65,500 pixels makes a decoder
//! without limits reserve 13 GB. So the claimed size is read here first, from
//! the bytes alone, without allocating anything.

use crate::PhotoError;
use crate::exif_read::EXIF_PREFIX;

/// Start of image, and the first byte of the next marker.
pub(crate) const SIGNATURE: &[u8] = b"\xFF\xD8\xFF";

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;
const EXIF_SEGMENT: u8 = 0xE1;
const BASELINE_FRAME: u8 = 0xC0;
const PROGRESSIVE_FRAME: u8 = 0xC2;

/// What the segments before the first scan say.
#[derive(Debug)]
pub(crate) struct Header<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Payload of the first EXIF segment, its prefix taken off.
    pub(crate) exif: Option<&'a [u8]>,
    /// Whether the colours come one after the other: a scan each, not progressive.
    pub(crate) separate_scans: bool,
    /// Whether the frame is coded in a way that no camera uses and nothing here decodes: lossless, arithmetic,
    /// differential, or of more than 8 bits.
    pub(crate) unusual: bool,
    /// What a decoder holds beside the pixels: all coefficients of a progressive
    /// picture, two bytes each, at worst one for every pixel and component.
    pub(crate) coefficient_bytes_per_pixel: u64,
    /// Where the first scan's own header starts.
    scan_start: usize,
}

/// Reads the segments up to the first scan.
pub(crate) fn header(bytes: &[u8]) -> Result<Header<'_>, PhotoError> {
    let mut frame: Option<Frame> = None;
    let mut exif = None;
    let mut at = 2; // behind start of image
    loop {
        let (marker, behind) = next_marker(bytes, at).ok_or(PhotoError::Truncated)?;
        if stands_alone(marker) {
            at = behind;
            continue;
        }
        if marker == START_OF_SCAN {
            let frame = frame.ok_or(PhotoError::Damaged)?;
            // A scan's payload starts with the number of its components.
            let in_scan = bytes.get(behind + 2).copied();
            return Ok(Header {
                width: frame.width,
                height: frame.height,
                exif,
                separate_scans: !frame.progressive
                    && in_scan.is_some_and(|in_scan| in_scan < frame.components),
                unusual: frame.unusual,
                coefficient_bytes_per_pixel: if frame.progressive {
                    2 * u64::from(frame.components)
                } else {
                    0
                },
                scan_start: behind,
            });
        }
        if marker == END_OF_IMAGE {
            return Err(PhotoError::Damaged);
        }
        let (payload, end) = segment(bytes, behind)?;
        if is_frame(marker) {
            // Two frame headers would let the small one pass the limits and the
            // large one reach the decoder.
            if frame.replace(Frame::read(marker, payload)?).is_some() {
                return Err(PhotoError::Damaged);
            }
        } else if marker == EXIF_SEGMENT && exif.is_none() {
            exif = payload.strip_prefix(EXIF_PREFIX);
        }
        at = end;
    }
}

/// Whether the scans run up to an end-of-image marker.
///
/// One pass over the bytes, no decoding: it finds a file that was cut, or whose
/// tail was never written, and is blind to bytes changed in the middle.
pub(crate) fn has_end(bytes: &[u8], header: &Header<'_>) -> bool {
    let mut at = header.scan_start;
    loop {
        // Inside a scan a 0xFF of the data is followed by 0x00, so the search
        // for the next marker skips the entropy-coded data as well.
        let Some((marker, behind)) = next_marker(bytes, at) else {
            return false;
        };
        if marker == END_OF_IMAGE {
            return true;
        }
        at = behind;
        if marker != 0 && !stands_alone(marker) {
            let Ok((_, end)) = segment(bytes, behind) else {
                return false;
            };
            at = end;
        }
    }
}

/// The next marker's code and the offset behind it; fill bytes and strays are skipped.
pub(crate) fn next_marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(from..)?;
    let prefix = rest.iter().position(|byte| *byte == 0xFF)?;
    let fill = rest.get(prefix..)?;
    let code = fill.iter().position(|byte| *byte != 0xFF)?;
    Some((*fill.get(code)?, from + prefix + code + 1))
}

/// A segment's payload and the offset behind it. The length counts its own two bytes.
pub(crate) fn segment(bytes: &[u8], at: usize) -> Result<(&[u8], usize), PhotoError> {
    let rest = bytes.get(at..).ok_or(PhotoError::Truncated)?;
    let (length, _) = rest.split_first_chunk().ok_or(PhotoError::Truncated)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length < 2 {
        return Err(PhotoError::Damaged);
    }
    let payload = rest.get(2..length).ok_or(PhotoError::Truncated)?;
    Ok((payload, at + length))
}

/// Markers without a length: stuffing, TEM, restarts, start of image.
pub(crate) fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8)
}

/// All start-of-frame codes; 0xC4, 0xC8 and 0xCC among them mean other things.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

#[derive(Debug)]
struct Frame {
    width: u32,
    height: u32,
    components: u8,
    progressive: bool,
    unusual: bool,
}

impl Frame {
    /// Precision (1 byte), height (2), width (2), number of components (1).
    fn read(marker: u8, payload: &[u8]) -> Result<Self, PhotoError> {
        let [precision, h1, h0, w1, w0, components, ..] = payload else {
            return Err(PhotoError::Damaged);
        };
        let height = u32::from(u16::from_be_bytes([*h1, *h0]));
        let width = u32::from(u16::from_be_bytes([*w1, *w0]));
        if width == 0 || height == 0 {
            return Err(PhotoError::Damaged);
        }
        Ok(Self {
            width,
            height,
            components: *components,
            progressive: marker == PROGRESSIVE_FRAME,
            unusual: !(BASELINE_FRAME..=PROGRESSIVE_FRAME).contains(&marker) || *precision != 8,
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{PhotoError, has_end, header};

    const FRAME: &[u8] = b"\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00";
    const SCAN: &[u8] = b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00";

    fn file(parts: &[&[u8]]) -> Vec<u8> {
        [&[b"\xFF\xD8".as_slice()], parts].concat().concat()
    }

    #[test]
    fn size_is_read_behind_fill_bytes_and_strays() {
        let bytes = file(&[b"\xFF\xFF\xFF", FRAME, b"stray", SCAN]);
        let header = header(&bytes).unwrap();
        assert_eq!((header.width, header.height), (32, 16));
    }

    #[test]
    fn a_frame_inside_the_thumbnail_does_not_count() {
        let mut segment = b"\xFF\xE1\x00\x15Exif\0\0".to_vec();
        segment.extend_from_slice(b"\xFF\xC0\x00\x0B\x08\xFF\xFF\xFF\xFF\x01\x01\x11\x00");
        let bytes = file(&[&segment, FRAME, SCAN]);
        assert_eq!(header(&bytes).unwrap().width, 32);
    }

    #[test]
    fn two_frames_no_frame_or_an_empty_one_are_damage() {
        let empty: &[u8] = b"\xFF\xC0\x00\x0B\x08\x00\x00\x00\x20\x01\x01\x11\x00";
        let short: &[u8] = b"\xFF\xC0\x00\x05\x08\x00\x10";
        let bad_length: &[u8] = b"\xFF\xE0\x00\x01";
        for bytes in [
            file(&[FRAME, FRAME, SCAN]),
            file(&[SCAN]),
            file(&[empty, SCAN]),
            file(&[short, SCAN]),
            file(&[bad_length, FRAME, SCAN]),
            file(&[FRAME, b"\xFF\xD9"]),
        ] {
            assert_eq!(header(&bytes).unwrap_err(), PhotoError::Damaged);
        }
    }

    #[test]
    fn a_cut_header_is_truncated_at_every_length() {
        let bytes = file(&[b"\xFF\xE0\x00\x04ab", FRAME, SCAN]);
        let scan_marker_end = bytes.len() - SCAN.len() + 2;
        for length in 3..scan_marker_end {
            let cut = &bytes[..length];
            assert_eq!(header(cut).unwrap_err(), PhotoError::Truncated, "{length}");
        }
        assert!(header(&bytes[..scan_marker_end]).is_ok());
    }

    #[test]
    fn the_end_is_looked_for_behind_stuffing_restarts_and_later_scans() {
        let data: &[u8] = b"\x12\xFF\x00\xD9\xFF\xD3\x55\xFF\xC4\x00\x04\xFF\xD9";
        let whole = file(&[FRAME, SCAN, data, SCAN, data, b"\xFF\xD9", b"trailer"]);
        let behind_end = whole.len() - b"trailer".len();
        let header = header(&whole).unwrap();
        assert!(has_end(&whole, &header));
        assert!(has_end(&whole[..behind_end], &header));
        for length in header.scan_start..behind_end {
            assert!(!has_end(&whole[..length], &header), "{length}");
        }
    }

    #[test]
    fn a_tail_of_zeros_is_no_end() {
        let bytes = file(&[FRAME, SCAN, &[0x5A; 64], &[0; 512]]);
        assert!(!has_end(&bytes, &header(&bytes).unwrap()));
    }
}
