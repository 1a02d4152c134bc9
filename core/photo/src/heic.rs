//! HEIC, which is kept and not decoded: only its size is read, from the boxes of its header.

use crate::PhotoError;
use crate::format::HEIC;

/// Boxes looked at, at most: headers of phones have some hundred.
const BOXES_MAX: usize = 4_096;

/// What the header says.
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Whether there are pixels and the last box ends with the file.
    pub(crate) complete: bool,
}

/// Reads the size: the largest that any item has, because phones store a picture as tiles and name the whole beside them.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, PhotoError> {
    let (mut whole, mut has_data) = (true, false);
    let mut largest = None;
    for part in boxes(bytes) {
        whole &= part.whole;
        has_data |= &part.kind == b"mdat";
        if &part.kind == b"meta" {
            let properties = part.payload.get(4..).unwrap_or_default(); // behind version and flags
            largest = sizes(properties)
                .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height));
        }
    }
    match largest {
        Some((width, height)) if width > 0 && height > 0 => Ok(Header {
            width,
            height,
            complete: whole && has_data,
        }),
        _ => Err(PhotoError::Unsupported { format: HEIC }),
    }
}

/// The sizes under `iprp`, `ipco`.
fn sizes(meta: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let under = |outer: &'static [u8; 4]| move |part: &Part<'_>| &part.kind == outer;
    boxes(meta)
        .filter(under(b"iprp"))
        .flat_map(|part| boxes(part.payload))
        .filter(under(b"ipco"))
        .flat_map(|part| boxes(part.payload))
        .filter(under(b"ispe"))
        .filter_map(|part| {
            let (width, rest) = part.payload.get(4..)?.split_first_chunk()?;
            Some((
                u32::from_be_bytes(*width),
                u32::from_be_bytes(*rest.first_chunk()?),
            ))
        })
}

struct Part<'a> {
    kind: [u8; 4],
    payload: &'a [u8],
    whole: bool,
}

/// The boxes that lie one behind the other. What is cut, or no box, is the last one and not whole.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = Part<'_>> {
    let mut rest = bytes;
    let next = move || {
        if rest.is_empty() {
            return None;
        }
        let part = first_box(rest).unwrap_or((
            Part {
                kind: [0; 4],
                payload: &[],
                whole: false,
            },
            &[],
        ));
        rest = part.1;
        Some(part.0)
    };
    std::iter::from_fn(next).take(BOXES_MAX)
}

/// The first box and what lies behind it; `None` when there is not even a header.
fn first_box(bytes: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let (length, behind) = bytes.split_first_chunk::<4>()?;
    let (kind, mut payload) = behind.split_first_chunk::<4>()?;
    let mut length = u64::from(u32::from_be_bytes(*length));
    let mut header = 8;
    if length == 1 {
        let (long, behind) = payload.split_first_chunk::<8>()?;
        (length, payload, header) = (u64::from_be_bytes(*long), behind, 16);
    } else if length == 0 {
        length = bytes.len() as u64; // up to the end
    }
    let inside = usize::try_from(length.checked_sub(header)?).ok()?;
    let whole = inside <= payload.len();
    let (payload, behind) = payload.split_at(inside.min(payload.len()));
    let part = Part {
        kind: *kind,
        payload,
        whole,
    };
    Some((part, behind))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failing test should stop")]
mod tests {
    use super::{PhotoError, header};

    fn wrapped(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len() + 8).unwrap().to_be_bytes();
        [&length, kind.as_slice(), payload].concat()
    }

    fn size(width: u32, height: u32) -> Vec<u8> {
        let payload = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
        wrapped(b"ispe", &payload)
    }

    fn file() -> Vec<u8> {
        let properties = [size(512, 512), size(4032, 3024), size(320, 240)].concat();
        let iprp = wrapped(b"iprp", &wrapped(b"ipco", &properties));
        let meta = [vec![0; 4], wrapped(b"hdlr", b"pict"), iprp].concat();
        let parts = [
            wrapped(b"ftyp", b"heic\0\0\0\0"),
            wrapped(b"meta", &meta),
            wrapped(b"mdat", &[7; 50]),
        ];
        parts.concat()
    }

    #[test]
    fn the_largest_size_is_the_pictures() {
        let read = header(&file()).unwrap();
        assert_eq!((read.width, read.height, read.complete), (4032, 3024, true));
    }

    #[test]
    fn cut_anywhere_it_is_said_or_refused_and_never_a_panic() {
        let whole = file();
        for length in 0..whole.len() {
            match header(&whole[..length]) {
                Ok(read) => assert!(!read.complete, "{length}"),
                Err(error) => assert_eq!(error, PhotoError::Unsupported { format: "heic" }),
            }
        }
    }

    #[test]
    fn lengths_that_lie_end_the_walk() {
        for length in [1_u32, 2, 7, u32::MAX] {
            let mut bytes = file();
            bytes[16..20].copy_from_slice(&length.to_be_bytes());
            assert!(header(&bytes).is_err() || length == u32::MAX, "{length}");
        }
        let endless = [
            wrapped(b"ftyp", b"heic"),
            [8_u32.to_be_bytes(), *b"free"].concat().repeat(9_000),
        ]
        .concat();
        assert!(header(&endless).is_err());
    }
}
