//! What a tile's bytes are, by their first ones: PNG, JPEG or WebP, and how wide. Nothing is decoded.

/// Forms of pictures that both phone platforms draw by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TilePictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl TilePictureFormat {
    /// As the metadata of `MBTiles` names it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

/// What the head of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TilePicture {
    /// Its form.
    pub format: TilePictureFormat,
    /// How wide it is, in pixels.
    pub width: u16,
}

impl TilePicture {
    /// Reads the head of a picture; `None` of anything else. Cost: some dozen bytes, of a JPEG its segments.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let (format, width) = match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => {
                (TilePictureFormat::Png, png_width(bytes)?)
            }
            [0xff, 0xd8, 0xff, ..] => (TilePictureFormat::Jpeg, jpeg_width(bytes)?),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => (TilePictureFormat::Webp, webp_width(bytes)?),
            _ => return None,
        };
        (width > 0).then_some(Self { format, width })
    }
}

/// Some bytes at a place.
fn at<const LENGTH: usize>(bytes: &[u8], place: usize) -> Option<[u8; LENGTH]> {
    let found = bytes.get(place..place.checked_add(LENGTH)?)?;
    found.try_into().ok()
}

fn png_width(bytes: &[u8]) -> Option<u16> {
    let is_header = at::<4>(bytes, 12)? == *b"IHDR";
    let width = u32::from_be_bytes(at(bytes, 16)?);
    u16::try_from(width).ok().filter(|_| is_header)
}

/// The width stands in the segment that begins a frame.
fn jpeg_width(bytes: &[u8]) -> Option<u16> {
    let mut place = 2;
    loop {
        let [mark, kind] = at(bytes, place)?;
        if mark != 0xff {
            return None;
        }
        match kind {
            // Filling.
            0xff => place += 1,
            // Without content.
            0x01 | 0xd0..=0xd8 => place += 2,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some(u16::from_be_bytes(at(bytes, place + 7)?));
            }
            // The picture itself, and its end.
            0xd9 | 0xda => return None,
            _ => place += 2 + usize::from(u16::from_be_bytes(at(bytes, place + 2)?)),
        }
    }
}

fn webp_width(bytes: &[u8]) -> Option<u16> {
    match &at::<4>(bytes, 12)? {
        b"VP8 " => {
            let begins = at::<3>(bytes, 23)? == [0x9d, 0x01, 0x2a];
            let width = u16::from_le_bytes(at(bytes, 26)?) & 0x3fff;
            begins.then_some(width)
        }
        b"VP8L" => {
            let begins = at::<1>(bytes, 20)? == [0x2f];
            let width = (u16::from_le_bytes(at(bytes, 21)?) & 0x3fff) + 1;
            begins.then_some(width)
        }
        b"VP8X" => {
            let [low, middle, high] = at(bytes, 24)?;
            let width = u32::from_le_bytes([low, middle, high, 0]) + 1;
            u16::try_from(width).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn png(width: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend_from_slice(&width.to_be_bytes());
        bytes.extend_from_slice(&256_u32.to_be_bytes());
        bytes
    }

    fn jpeg() -> Vec<u8> {
        // A comment, filling, and a progressive frame of 512 by 256.
        let mut bytes = b"\xff\xd8\xff\xfe\0\x05abc\xff\xff\xc2\0\x0b\x08".to_vec();
        bytes.extend_from_slice(&[1, 0, 2, 0]);
        bytes
    }

    fn webp(kind: &[u8; 4], head: &[u8]) -> Vec<u8> {
        let mut bytes = b"RIFF\x40\0\0\0WEBP".to_vec();
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(&[0x20, 0, 0, 0]);
        bytes.extend_from_slice(head);
        bytes
    }

    #[test]
    fn pictures_are_known_by_their_heads() {
        let of =
            |bytes: &[u8]| TilePicture::of(bytes).map(|found| (found.format.id(), found.width));
        assert_eq!(of(&png(256)), Some(("png", 256)));
        assert_eq!(of(&jpeg()), Some(("jpg", 512)));
        let lossy = webp(b"VP8 ", &[0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0x41, 0, 1]);
        assert_eq!(
            of(&lossy),
            Some(("webp", 256)),
            "two bits of scale are none of it"
        );
        let lossless = webp(b"VP8L", &[0x2f, 0xff, 0x41, 0, 0]);
        assert_eq!(of(&lossless), Some(("webp", 512)));
        let extended = webp(b"VP8X", &[0, 0, 0, 0, 0xff, 0, 0, 0xff, 0, 0]);
        assert_eq!(of(&extended), Some(("webp", 256)));
        // Gzip: a vector tile.
        for other in [
            b"\x1f\x8b\x08\0".as_slice(),
            b"GIF89a",
            b"",
            b"RIFF",
            &png(0),
            &png(70_000),
        ] {
            assert_eq!(of(other), None, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(head in 0_usize..3, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 3] = [b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8 "];
            let bytes = [heads[head], rest.as_slice()].concat();
            let _ = TilePicture::of(&bytes);
        }

        #[test]
        fn what_is_cut_before_its_width_is_no_picture(cut in 0_usize..16) {
            prop_assert_eq!(TilePicture::of(&png(256)[..cut]), None);
            prop_assert_eq!(TilePicture::of(&jpeg()[..cut]), None);
        }
    }
}
